//===- start.S - Entry of bare programs ----------------------------------===//
//
// Sets up the stack that bare.ld reserves, so that the program does not depend
// on the registers it is started with, runs the constructors, calls main with
// no arguments and exits with its result.
//
//===----------------------------------------------------------------------===//

        .set    noreorder
        .text
        .globl  _start
        .type   _start, @function
_start:
        // Eight bytes for argv, a null pointer, below them O32's sixteen for
        // the callee's arguments.
        lui     $sp, %hi(opml_stack_end - 24)
        addiu   $sp, $sp, %lo(opml_stack_end - 24)
        move    $fp, $zero
        lui     $s0, %hi(opml_constructors_begin)
        addiu   $s0, $s0, %lo(opml_constructors_begin)
        lui     $s1, %hi(opml_constructors_end)
        b       1f
        addiu   $s1, $s1, %lo(opml_constructors_end)
0:      lw      $t9, 0($s0)
        jalr    $t9
        addiu   $s0, $s0, 4
1:      bne     $s0, $s1, 0b
        move    $a0, $zero
        addiu   $a1, $sp, 16
        jal     main
        move    $a2, $a1
        j       opml_exit
        move    $a0, $v0
        .size   _start, . - _start
