// qpdf, without its JSON, which nobody here uses: JSON.hh of version 11 keeps a vector of a class within that class,
// which Clang before 16 takes for an error in C++20.
#pragma once

#ifndef JSON_HH
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
