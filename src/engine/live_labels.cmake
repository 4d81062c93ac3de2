# Which signs the labels of live figures may hold, out of the sources that draw them (live_labels.hpp).
set(live_labels ${PROJECT_BINARY_DIR}/live-labels.inc)
file(GLOB_RECURSE label_sources CONFIGURE_DEPENDS src/text/*.[ch]pp render/plot/*.[ch]pp src/experiment/*.[ch]pp
  src/livefigure/*.[ch]pp src/experiments/shared/*.[ch]pp)
list(FILTER label_sources EXCLUDE REGEX "/shared/network")  # of which none lives
foreach(name ${live_experiments})
  list(APPEND label_sources ${PROJECT_SOURCE_DIR}/src/experiments/${name}.cpp)
endforeach()
add_custom_command(OUTPUT ${live_labels} DEPENDS ${label_sources} ${PROJECT_SOURCE_DIR}/src/engine/live_labels.sh
  COMMAND sh ${PROJECT_SOURCE_DIR}/src/engine/live_labels.sh ${label_sources} > ${live_labels}.new
  COMMAND ${CMAKE_COMMAND} -E copy_if_different ${live_labels}.new ${live_labels}
  VERBATIM COMMENT "Listing the signs of live figures")
set_source_files_properties(src/engine/live_labels.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON OBJECT_DEPENDS ${live_labels}
  COMPILE_DEFINITIONS REPORT_LIVE_LABELS="${live_labels}")
