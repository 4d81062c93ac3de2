// Where the project's sources lie. The path is compiled into main.cpp alone, so that copies of the project can share a
// compiler cache.
#pragma once

#include <filesystem>

std::filesystem::path source_folder();
