# What opml-isa-gen makes of an instruction-set spec, and the engines around it.

# opml_generate_isa(SPEC_DIR OUT_DIR DEPENDS file …): rules for what stands in
# OUT_DIR when some target asks for it, all from SPEC_DIR/Mips32.td.
function(opml_generate_isa spec_dir out_dir)
  cmake_parse_arguments(ARG "" "" "DEPENDS" ${ARGN})
  file(MAKE_DIRECTORY ${out_dir})
  foreach(output cpp/Mips32.inc llvm/Mips32Llvm.inc vectors/Mips32.vectors.json smt/Mips32.smt2 solidity/MipsStep.sol)
    get_filename_component(kind ${output} DIRECTORY)
    get_filename_component(name ${output} NAME)
    add_custom_command(OUTPUT ${out_dir}/${name}
      COMMAND opml-isa-gen --emit=${kind} ${spec_dir}/Mips32.td -o ${out_dir}/${name}
      DEPENDS opml-isa-gen ${ARG_DEPENDS} VERBATIM)
  endforeach()
endfunction()

# opml_add_engines(PREFIX ISA_DIR): the libraries PREFIXInterpreter and
# PREFIXTranslator, which are the same but for the generated files in ISA_DIR.
# The translator is a library of its own because it links LLVM.
function(opml_add_engines prefix isa_dir)
  set(vm ${CMAKE_SOURCE_DIR}/vm)
  opml_add_library(${prefix}Interpreter SOURCES
    ${vm}/lib/Disassembler.cpp
    ${vm}/lib/Interpreter.cpp
    ${isa_dir}/Mips32.inc)
  target_include_directories(${prefix}Interpreter PUBLIC ${vm}/include PRIVATE ${isa_dir})
  # What kept translations depend on, beside the program and the host.
  file(GLOB sources CONFIGURE_DEPENDS ${vm}/lib/Translator/*.h ${vm}/lib/Translator/*.cpp)
  list(APPEND sources ${vm}/include/opml/vm/Memory.h ${isa_dir}/Mips32.inc ${isa_dir}/Mips32Llvm.inc)
  list(JOIN sources "|" files)
  add_custom_command(
    OUTPUT ${isa_dir}/TranslatorVersion.inc
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${isa_dir}/TranslatorVersion.inc -DFILES=${files}
      -P ${CMAKE_SOURCE_DIR}/cmake/HashFiles.cmake
    DEPENDS ${sources} ${CMAKE_SOURCE_DIR}/cmake/HashFiles.cmake
    VERBATIM)
  opml_add_library(${prefix}Translator SOURCES
    ${vm}/lib/Translator/Instructions.cpp
    ${isa_dir}/Mips32Llvm.inc
    ${isa_dir}/TranslatorVersion.inc
    $<TARGET_OBJECTS:OpmlTranslatorFrame>
    LINK ${prefix}Interpreter LLVM)
  target_include_directories(${prefix}Translator PRIVATE ${isa_dir})
  target_include_directories(${prefix}Translator SYSTEM PRIVATE ${LLVM_INCLUDE_DIRS})
endfunction()
