# The guest's code generation, pinned in this one place: the runtime and every
# bare test program are compiled with these flags, and the compiler's MIPS back
# end is given the same triple, processor, features and LLVM options.

set(OPML_GUEST_TRIPLE mipsel-unknown-none-elf)
set(OPML_GUEST_CPU mips32r2)
set(OPML_GUEST_FEATURES "+soft-float,+noabicalls")

# Division by zero is defined by the machine, so no teq stands before a division.
# The delay-slot searches are off by default because a compiler schedules for
# real pipelines; here an executed nop is a wasted step.
set(OPML_GUEST_LLVM_OPTIONS
  -mno-check-zero-division
  -disable-mips-df-forward-search=false
  -disable-mips-df-succbb-search=false)

set(OPML_GUEST_C_FLAGS
  --target=${OPML_GUEST_TRIPLE} -march=${OPML_GUEST_CPU} -msoft-float -mno-abicalls -fno-pic -G0
  -O2 -ffreestanding -fno-builtin -fno-jump-tables -fomit-frame-pointer -fno-asynchronous-unwind-tables
  -fno-ident -std=c11 -Wall -Wextra -Werror)
foreach(option ${OPML_GUEST_LLVM_OPTIONS})
  list(APPEND OPML_GUEST_C_FLAGS -mllvm ${option})
endforeach()

find_program(OPML_GUEST_CLANG clang HINTS ${LLVM_TOOLS_BINARY_DIR} NO_DEFAULT_PATH REQUIRED)
find_program(OPML_GUEST_LLD ld.lld HINTS ${LLVM_TOOLS_BINARY_DIR} NO_DEFAULT_PATH REQUIRED)
find_program(OPML_GUEST_AR llvm-ar HINTS ${LLVM_TOOLS_BINARY_DIR} NO_DEFAULT_PATH REQUIRED)

# What bare programs are compiled and linked with (docs/bare-programs.md).
set(OPML_GUEST_DIR ${CMAKE_BINARY_DIR}/guest)
set(OPML_GUEST_ARCHIVE ${OPML_GUEST_DIR}/libopml_guest.a)
foreach(file bare.cfg bare.ld)
  configure_file(${CMAKE_SOURCE_DIR}/runtime/guest/${file} ${OPML_GUEST_DIR}/${file} COPYONLY)
endforeach()

# opml_add_guest_object(VAR SOURCE [FLAGS flag …] [DEPENDS file …]): compiles one C
# or assembly file for the guest and sets VAR to the object's path.
function(opml_add_guest_object var source)
  cmake_parse_arguments(ARG "" "" "FLAGS;DEPENDS" ${ARGN})
  get_filename_component(stem ${source} NAME_WE)
  set(object ${CMAKE_CURRENT_BINARY_DIR}/guest/${stem}.o)
  add_custom_command(OUTPUT ${object}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/guest
    COMMAND ${OPML_GUEST_CLANG} ${OPML_GUEST_C_FLAGS} ${ARG_FLAGS} -MD -MF ${object}.d
            -c ${CMAKE_CURRENT_SOURCE_DIR}/${source} -o ${object}
    DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${source} ${ARG_DEPENDS} DEPFILE ${object}.d
    COMMENT "Compiling ${source} for the guest" VERBATIM)
  set(${var} ${object} PARENT_SCOPE)
endfunction()

# opml_add_guest_program(NAME SOURCES a.c … [FLAGS flag …] [LINK_FLAGS flag …]
# [DEPENDS file …]): a bare program that runs under opml-vm exec and under
# qemu-mipsel, as bin/NAME.elf.
function(opml_add_guest_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;FLAGS;LINK_FLAGS;DEPENDS" ${ARGN})
  set(objects)
  foreach(source ${ARG_SOURCES})
    opml_add_guest_object(object ${source} FLAGS ${ARG_FLAGS} DEPENDS ${ARG_DEPENDS})
    list(APPEND objects ${object})
  endforeach()
  set(script ${OPML_GUEST_DIR}/bare.ld)
  set(program ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/${name}.elf)
  add_custom_command(OUTPUT ${program}
    COMMAND ${OPML_GUEST_LLD} -static -T ${script} ${ARG_LINK_FLAGS} ${objects} ${OPML_GUEST_ARCHIVE} -o ${program}
    DEPENDS ${objects} ${script} ${OPML_GUEST_ARCHIVE}
    COMMENT "Linking ${name}.elf" VERBATIM)
  add_custom_target(${name} ALL DEPENDS ${program})
endfunction()
