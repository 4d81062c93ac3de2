# The table of advances (plot/text/advance_table.hpp), made of the installed fonts before what is laid out by it compiles.
set(REPORT_ADVANCES ${PROJECT_BINARY_DIR}/advances.inc)
add_executable(advances-program ${PROJECT_SOURCE_DIR}/render/cairo/advances/main.cpp ${PROJECT_SOURCE_DIR}/render/cairo/text.cpp)
target_include_directories(advances-program PRIVATE ${PROJECT_BINARY_DIR}/modules/cairo)
target_link_libraries(advances-program PRIVATE project_options plot PkgConfig::CAIRO fmt::fmt)
add_custom_command(OUTPUT ${REPORT_ADVANCES}
  COMMAND advances-program ${PROJECT_SOURCE_DIR}/render/theme/fonts.conf > ${REPORT_ADVANCES}.new
  COMMAND ${CMAKE_COMMAND} -E copy_if_different ${REPORT_ADVANCES}.new ${REPORT_ADVANCES}
  DEPENDS advances-program ${PROJECT_SOURCE_DIR}/render/theme/fonts.conf ${FONT_texgyrepagella-regular}
    ${FONT_texgyrepagella-italic} ${FONT_texgyrepagella-bold} ${FONT_texgyrepagella-math}
  VERBATIM COMMENT "Measuring the letters of the house's faces")
set_source_files_properties(${PROJECT_SOURCE_DIR}/render/cairo/house_advances.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON
  OBJECT_DEPENDS ${REPORT_ADVANCES} COMPILE_DEFINITIONS REPORT_ADVANCES="${REPORT_ADVANCES}")
