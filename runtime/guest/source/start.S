//===- start.S - Entry of bare programs ----------------------------------===//
//
// Sets up a stack of its own, so that the program does not depend on the
// registers it is started with, calls main and exits with its result.
//
//===----------------------------------------------------------------------===//

        .set    noreorder
        .text
        .globl  _start
        .type   _start, @function
_start:
        lui     $sp, %hi(opml_stack_end - 16)
        jal     main
        addiu   $sp, $sp, %lo(opml_stack_end - 16)
        j       opml_exit
        move    $a0, $v0
        .size   _start, . - _start
