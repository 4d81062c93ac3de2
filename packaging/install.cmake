# What is installed and where, and the Debian package of it. Included at the end of the top CMakeLists.txt.
# Components: `program`, what everybody gets; `local`, places that only an installation of one's own has; `debian`, those
# of the package.
set(of_program share/literate-report)  # where the program looks below its prefix
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)

# The manual page and the completions are what the program says of itself. gzip leaves out time and name.
set(report ${CMAKE_COMMAND} -E env REPORT_ROOT=${PROJECT_SOURCE_DIR} $<TARGET_FILE:report-program>)
set(said ${PROJECT_BINARY_DIR}/said)
file(MAKE_DIRECTORY ${said})
add_custom_command(OUTPUT ${said}/report.1.gz ${said}/report.bash ${said}/report.zsh
  COMMAND ${report} help --man | gzip -9n > ${said}/report.1.gz
  COMMAND ${report} completion bash > ${said}/report.bash
  COMMAND ${report} completion zsh > ${said}/report.zsh
  DEPENDS report-program WORKING_DIRECTORY ${said} COMMENT "Manual page and completions")
add_custom_target(said DEPENDS ${said}/report.1.gz ${said}/report.bash ${said}/report.zsh)
add_dependencies(program said)

install(TARGETS report-program RUNTIME DESTINATION bin COMPONENT program)
install(FILES ${PROJECT_BINARY_DIR}/fingerprints.json ${PROJECT_BINARY_DIR}/symbols.json
  ${PROJECT_BINARY_DIR}/compile-experiments.json DESTINATION ${of_program} COMPONENT program)
install(DIRECTORY ${PROJECT_BINARY_DIR}/fingerprints DESTINATION ${of_program} COMPONENT program)
install(DIRECTORY render/theme render/new-document DESTINATION ${of_program}/render COMPONENT program)
foreach(module ${modules_of_experiments})  # what an experiment in C++ sees
  get_target_property(folder ${module} SOURCE_FOLDER)
  install(DIRECTORY ${folder}/ DESTINATION include/literate-report/${module} COMPONENT program
    FILES_MATCHING PATTERN *.hpp)
endforeach()
install(FILES ${said}/report.1.gz DESTINATION share/man/man1 COMPONENT program)
install(FILES ${said}/report.bash DESTINATION share/bash-completion/completions RENAME report COMPONENT program)
install(FILES ${said}/report.zsh DESTINATION share/zsh/site-functions RENAME _report COMPONENT local)
install(FILES ${said}/report.zsh DESTINATION share/zsh/vendor-completions RENAME _report COMPONENT debian EXCLUDE_FROM_ALL)

# The package's own papers. Its time is that of SOURCE_DATE_EPOCH, so that the same sources give the same bytes.
set(maintainer "The authors of literate-report <literate-report@example.org>")
set(papers share/doc/literate-report)
install(FILES packaging/copyright DESTINATION ${papers} COMPONENT debian EXCLUDE_FROM_ALL)
install(CODE "
  string(TIMESTAMP date \"%a, %d %b %Y %H:%M:%S +0000\" UTC)
  set(changelog \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${papers}/changelog\")
  file(WRITE \${changelog} \"literate-report (${PROJECT_VERSION}) unstable; urgency=medium\\n\\n\"
    \"  * What changed stands in CHANGELOG.md of the sources.\\n\\n -- ${maintainer}  \${date}\\n\")
  execute_process(COMMAND gzip -9nf \${changelog} COMMAND_ERROR_IS_FATAL ANY)" COMPONENT debian EXCLUDE_FROM_ALL)

# What a report needs is listed once, in build-report.sh; libraries are found by what the program is linked to.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/build-report.sh)
file(READ build-report.sh script)
if(NOT script MATCHES "\nreport_packages=\"([^\"]+)\"")
  message(FATAL_ERROR "build-report.sh has no list report_packages")
endif()
string(REGEX REPLACE "[ \n]+" ", " CPACK_DEBIAN_PACKAGE_DEPENDS "${CMAKE_MATCH_1}")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)

set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # packaging compiles no tests
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME literate-report)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT ${maintainer})
set(CPACK_INSTALL_CMAKE_PROJECTS
  ${PROJECT_BINARY_DIR} ${PROJECT_NAME} program / ${PROJECT_BINARY_DIR} ${PROJECT_NAME} debian /)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "g++, libboost-dev, libeigen3-dev, nlohmann-json3-dev")  # experiments in C++
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "literate reports whose figures and numbers are computed")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Markdown chapters carry figures as directives. The program runs the numerical
experiment behind each figure, draws it, and hands everything to Pandoc for
print and page. What the text says with numbers is checked at every build.
.
Experiments are built in, the author's in C++, or programs in any language.")
include(CPack)
