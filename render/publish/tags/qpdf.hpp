// qpdf; for Clang before 16 without its JSON, which nobody here uses: JSON.hh of version 11 keeps a vector of a class
// within that class, which such a Clang takes for an error in C++20. Later versions of qpdf need it themselves.
#pragma once

#if defined(__clang__) && __clang_major__ < 16 && !defined(JSON_HH)
#define JSON_HH
class JSON;
#endif

#include <qpdf/Buffer.hh>
#include <qpdf/Pl_Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <qpdf/QUtil.hh>
