# Counts down from 3 in data memory, and exits with 40 + the number of rounds.
        .set    noreorder
        .data
counter:
        .word   3
        .text
        .globl  _start
_start: lui     $t0, %hi(counter)
        addiu   $t0, $t0, %lo(counter)
        li      $a0, 40
loop:   lw      $t1, 0($t0)
        addiu   $a0, $a0, 1
        addiu   $t1, $t1, -1
        bnez    $t1, loop
        sw      $t1, 0($t0)
        sw      $zero, -16($sp)
        li      $v0, 4001
        syscall
