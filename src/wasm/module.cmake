# The page's module: experiments that can run live, with their numerics, layout and page drawing, compiled for
# WebAssembly by Clang and put into the program, which puts it into pages that have live figures. It is made where a
# Clang for it is installed (docs/live.md names the packages); without one `live:` is an error that says so.
set(REPORT_LIVE AUTO CACHE STRING "Make the module of live figures: AUTO (where its compiler is installed), ON or OFF")

if(REPORT_FUZZ)
  set(REPORT_LIVE OFF)  # nothing there puts a page together
endif()

# Which can: those whose run and drawing take a few hundredths of a second, and give the same bits in a browser.
set(live_experiments quadratic_bowl flow_versus_descent effective_time momentum stability_function gradient_clipping)

# The newest Clang that compiles what the module needs of its library: atomic doubles that add up, since Clang 18.
set(wasm ${PROJECT_BINARY_DIR}/wasm)
set(WASM_TARGET --target=wasm32-wasi)
function(find_wasm_compiler)
  file(GLOB candidates /usr/bin/clang++-[0-9]*)
  list(SORT candidates COMPARE NATURAL ORDER DESCENDING)
  file(WRITE ${wasm}/trial.cpp "#include <atomic>\n#include <string>\nstd::atomic<double> a;\n"
    "double b(double c) { return std::to_string(c).size() + a.fetch_add(c); }\n")
  foreach(candidate ${candidates} clang++)
    execute_process(COMMAND ${candidate} ${WASM_TARGET} -mexec-model=reactor -std=c++20 trial.cpp -o trial.wasm WORKING_DIRECTORY ${wasm}
      RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
    if(NOT failed)
      set(WASM_COMPILER ${candidate} CACHE FILEPATH "Clang with a library for wasm32-wasi")
      return()
    endif()
  endforeach()
endfunction()
set(can_make_module FALSE)
if(REPORT_LIVE)
  if(NOT WASM_COMPILER)
    find_wasm_compiler()
  endif()
  find_program(WASM_OPTIMIZER wasm-opt DOC "Binaryen's optimizer")
  find_program(WASM_COMPRESSOR libdeflate-gzip DOC "Compresses as gzip does, by a twentieth smaller")
  if(WASM_COMPILER AND WASM_OPTIMIZER AND WASM_COMPRESSOR)
    set(can_make_module TRUE)
  elseif(NOT REPORT_LIVE STREQUAL "AUTO")
    message(FATAL_ERROR "no Clang here compiles for wasm32-wasi with its C++ library, or Binaryen's wasm-opt or "
      "libdeflate-gzip is missing; docs/live.md names the packages")
  endif()
endif()

# The list is the program's too: it says which experiments can run live.
list(JOIN live_experiments " " live_names)
string(REPLACE "_" "-" live_names "${live_names}")
set_source_files_properties(${PROJECT_SOURCE_DIR}/src/livefigure/can_run.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON
  COMPILE_DEFINITIONS REPORT_LIVE_EXPERIMENTS="${live_names}")

if(can_make_module)
  # Headers of libraries that are nothing but headers; beside them in /usr/include lie those of another system's C library.
  file(MAKE_DIRECTORY ${wasm}/libraries)
  get_target_property(eigen_headers Eigen3::Eigen INTERFACE_INCLUDE_DIRECTORIES)
  list(GET eigen_headers 0 eigen_headers)
  foreach(folder ${eigen_headers}/Eigen ${eigen_headers}/unsupported /usr/include/boost /usr/include/fmt /usr/include/nlohmann)
    get_filename_component(name ${folder} NAME)
    file(CREATE_LINK ${folder} ${wasm}/libraries/${name} SYMBOLIC)
  endforeach()
  set(wasm_options ${WASM_TARGET} -mbulk-memory -mnontrapping-fptoint -std=c++20 -Oz -flto=thin -fno-rtti -fvisibility=hidden -fno-threadsafe-statics -ffp-contract=off
    -ffunction-sections -fdata-sections -Wall -Wextra -Wno-missing-field-initializers -Wno-unused-command-line-argument
    -DNDEBUG -DEIGEN_MAX_ALIGN_BYTES=64 -DEIGEN_DONT_VECTORIZE -DBOOST_MATH_PROMOTE_DOUBLE_POLICY=false
    # What throws is a std::exception alone, and does so by a call that the module catches (exports.cpp).
    -DBOOST_EXCEPTION_DISABLE
    # Mathematics reports by values, locales, files and streams are nobody's affair in a page; they are half of the size.
    -DBOOST_MATH_OVERFLOW_ERROR_POLICY=errno_on_error -DBOOST_MATH_DOMAIN_ERROR_POLICY=errno_on_error
    -DBOOST_MATH_POLE_ERROR_POLICY=errno_on_error -DBOOST_MATH_EVALUATION_ERROR_POLICY=errno_on_error
    -DBOOST_MATH_ROUNDING_ERROR_POLICY=errno_on_error
    -DFMT_HEADER_ONLY -DFMT_STATIC_THOUSANDS_SEPARATOR=44 -DFMT_USE_LONG_DOUBLE=0 -DJSON_NO_IO -DJSON_HAS_FILESYSTEM=0
    -DJSON_HAS_EXPERIMENTAL_FILESYSTEM=0 -include cerrno)
  set(wasm_places -ffile-prefix-map=${PROJECT_SOURCE_DIR}=. -ffile-prefix-map=${PROJECT_BINARY_DIR}=build
    -DREPORT_ADVANCES=\"${REPORT_ADVANCES}\" -isystem ${wasm}/libraries)
  set(wasm_modules text numerics plot cairo experiment experiments manuscript livefigure)
  foreach(module ${wasm_modules})
    list(APPEND wasm_places -I${PROJECT_BINARY_DIR}/modules/${module})
  endforeach()

  file(GLOB_RECURSE wasm_sources CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} src/text/*.cpp src/numerics/descent/*.cpp
    render/plot/*.cpp src/experiment/*.cpp src/livefigure/*.cpp)
  list(REMOVE_ITEM wasm_sources src/text/english.cpp src/livefigure/can_run.cpp src/livefigure/controls.cpp
    src/livefigure/figure_of_result.cpp src/livefigure/trial.cpp)
  list(APPEND wasm_sources src/numerics/random.cpp src/numerics/statistics.cpp src/numerics/sample_statistics.cpp
    src/numerics/linear/eigenvalues.cpp src/numerics/linear/norm.cpp src/numerics/networks/activation.cpp src/experiments/shared/landscape.cpp
    render/cairo/circles.cpp render/cairo/house_advances.cpp render/cairo/page_svg.cpp render/cairo/palette.cpp
    src/manuscript/expression_value.cpp src/wasm/exports.cpp)
  foreach(name ${live_experiments})
    list(APPEND wasm_sources src/experiments/${name}.cpp)
  endforeach()

  # As natively, what experiments include is read once.
  set(wasm_header ${wasm}/experiments.hpp)
  list(TRANSFORM experiment_headers PREPEND "#include " OUTPUT_VARIABLE wasm_includes)
  list(JOIN wasm_includes "\n" wasm_includes)
  file(GENERATE OUTPUT ${wasm_header} CONTENT "${wasm_includes}\n")
  add_custom_command(OUTPUT ${wasm_header}.pch DEPENDS ${wasm_header} DEPFILE ${wasm_header}.pch.d
    COMMAND ${WASM_COMPILER} ${wasm_options} ${wasm_places} -MD -MF ${wasm_header}.pch.d -MT ${wasm_header}.pch -x c++-header ${wasm_header}
      -o ${wasm_header}.pch
    VERBATIM COMMENT "Precompiling what experiments include for browsers")

  set(wasm_objects "")
  foreach(source ${wasm_sources})
    string(REPLACE "/" "-" object ${source})
    set(object ${wasm}/${object}.o)
    set(own_options "")
    if(source MATCHES "/gradient_flow.cpp$")
      set(own_options -std=c++17)  # as natively
    endif()
    set(needs ${PROJECT_SOURCE_DIR}/${source})
    if(source MATCHES "/house_advances.cpp$")
      list(APPEND needs ${REPORT_ADVANCES})
    elseif(source MATCHES "^src/experiments/")
      list(APPEND needs ${wasm_header}.pch)
      list(APPEND own_options -include-pch ${wasm_header}.pch)
    endif()
    add_custom_command(OUTPUT ${object} DEPENDS ${needs} DEPFILE ${object}.d
      COMMAND ${CMAKE_CXX_COMPILER_LAUNCHER} ${WASM_COMPILER} ${wasm_options} ${wasm_places} ${own_options} -MD -MF ${object}.d -MT ${object}
        -c ${PROJECT_SOURCE_DIR}/${source} -o ${object}
      VERBATIM COMMENT "Compiling ${source} for browsers")
    list(APPEND wasm_objects ${object})
  endforeach()
  set(LIVE_MODULE ${wasm}/live.wasm)
  # Who edits an experiment waits for this: the linker optimizes what changed alone (the whole at once makes 5 % less, in 7 s
  # instead of 0.2), and imports into other files what is smaller than a call, nearly; wasm-opt's one round of -Os makes within
  # 0.1 % of what two of -Oz make, in half the time.
  # Linked without an -O, with which Clang's driver would run a wasm-opt that it finds with options of its own
  # (findings/clang-without-wasm-opt-links-nothing.sh).
  set(wasm_features --enable-bulk-memory --enable-mutable-globals --enable-nontrapping-float-to-int --enable-sign-ext)
  add_custom_command(OUTPUT ${LIVE_MODULE} ${LIVE_MODULE}.gz DEPENDS ${wasm_objects}
    COMMAND ${WASM_COMPILER} ${WASM_TARGET} -mexec-model=reactor -flto=thin
      -Wl,--gc-sections,--strip-all,-z,stack-size=262144,-mllvm,-import-instr-limit=3,--thinlto-cache-dir=${wasm}/optimized ${wasm_objects}
      -o ${LIVE_MODULE}.linked
    COMMAND ${WASM_OPTIMIZER} ${wasm_features} -Os -ol 1 ${LIVE_MODULE}.linked -o ${LIVE_MODULE}
    COMMAND ${WASM_COMPRESSOR} -12 -k -f ${LIVE_MODULE}
    COMMAND_EXPAND_LISTS VERBATIM COMMENT "Linking the module of live figures")
  add_custom_target(live-module DEPENDS ${LIVE_MODULE}.gz)
  # By what and how it was made stands in the manifest of what it is put into.
  execute_process(COMMAND ${WASM_COMPILER} --version OUTPUT_VARIABLE wasm_compiler_version)
  string(REGEX MATCH "^[^\n]*" wasm_compiler_version "${wasm_compiler_version}")
  execute_process(COMMAND ${WASM_OPTIMIZER} --version OUTPUT_VARIABLE wasm_optimizer_version OUTPUT_STRIP_TRAILING_WHITESPACE)
  string(APPEND wasm_compiler_version ", ${wasm_optimizer_version}")
  list(JOIN wasm_options " " wasm_options_said)
  set_source_files_properties(${PROJECT_SOURCE_DIR}/render/publish/page/live_module.cpp PROPERTIES
    SKIP_PRECOMPILE_HEADERS ON
    COMPILE_DEFINITIONS "REPORT_LIVE_COMPILER=\"${wasm_compiler_version}\";REPORT_LIVE_OPTIONS=\"${wasm_options_said}\"")
  add_library(carried_module STATIC src/wasm/carried.cpp)
  set_source_files_properties(src/wasm/carried.cpp PROPERTIES OBJECT_DEPENDS ${LIVE_MODULE}.gz
    COMPILE_DEFINITIONS REPORT_LIVE_MODULE="${LIVE_MODULE}.gz")
endif()
