# Build rules shared by all components: one place for warnings, sanitizers and
# the LLVM conventions (no exceptions, no RTTI).

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(opml_options INTERFACE)
target_compile_options(opml_options INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions -fno-rtti>
  $<$<COMPILE_LANGUAGE:C,CXX>:-Wall -Wextra -Wno-unused-parameter -ffp-contract=off>)
if(OPML_WERROR)
  target_compile_options(opml_options INTERFACE $<$<COMPILE_LANGUAGE:C,CXX>:-Werror>)
endif()
if(OPML_SANITIZE)
  # Not calls of functions by type: clang looks for it before the callee, where translated code has nothing, perhaps not
  # even a page.
  target_compile_options(opml_options INTERFACE -fsanitize=address,undefined -fno-sanitize=function -fno-sanitize-recover=all)
  target_link_options(opml_options INTERFACE -fsanitize=address,undefined)
endif()
# nlohmann/json without exceptions: parse with allow_exceptions=false and check types first.
target_compile_definitions(opml_options INTERFACE JSON_NOEXCEPTION)

# Debian splits LLVM's and MLIR's headers over two include directories.
add_library(opml_mlir INTERFACE)
target_include_directories(opml_mlir SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
target_compile_definitions(opml_mlir INTERFACE ${LLVM_DEFINITIONS_LIST})
target_link_libraries(opml_mlir INTERFACE MLIR LLVM)

# opml_add_library(NAME SOURCES a.cpp … [LINK lib …] [DEPENDS target …])
# A static library with its component's include/ directory.
function(opml_add_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_LINK} PRIVATE opml_options)
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

# opml_add_tool(NAME SOURCES a.cpp … [LINK lib …])
function(opml_add_tool name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} opml_options)
endfunction()

# opml_add_unittest(NAME SOURCES aTest.cpp … [LINK lib …])
# One GoogleTest executable, one ctest test of the same name. The environment
# variable OPML_TESTDATA, by default the macro OPML_DEFAULT_TESTDATA, names the
# third-party data; tests that need it and do not find it report "skipped".
function(opml_add_unittest name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} opml_options GTest::gtest GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE
    OPML_DEFAULT_TESTDATA="${CMAKE_SOURCE_DIR}/../shared/testdata")
  add_test(NAME ${name} COMMAND ${name})
endfunction()

# MLIR's TableGen libraries, for generators that run at build time. They are
# archives beside libMLIR.so and must not be linked together with it.
add_library(opml_mlir_tblgen INTERFACE)
target_include_directories(opml_mlir_tblgen SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
target_compile_definitions(opml_mlir_tblgen INTERFACE ${LLVM_DEFINITIONS_LIST})
target_link_libraries(opml_mlir_tblgen INTERFACE MLIRTblgenLib MLIRTableGen LLVMTableGen LLVM)
