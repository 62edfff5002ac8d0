        .set    noreorder
        .globl  _start
_start: nop
        lw      $t0, 2($zero)
