// Where the project lies and was built. The paths are compiled into main.cpp alone, so that copies of the project can
// share a compiler cache.
#pragma once

#include <filesystem>

std::filesystem::path source_folder();
std::filesystem::path build_folder();
