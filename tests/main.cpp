// The test programs' main, compiled once, and what only the build knows. Catch2 3 brings a main of its own.
#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif

#include "places.hpp"

std::filesystem::path source_folder() { return REPORT_SOURCE_DIR; }
std::filesystem::path build_folder() { return REPORT_BINARY_DIR; }
