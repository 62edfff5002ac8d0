//===- opml_exit.S - Leave the machine -----------------------------------===//
//
// void opml_exit(int code), which does not return. 4001 is exit of Linux's O32
// system calls, so that the same program runs under qemu-mipsel; the code stays
// in $a0 (docs/architecture.md).
//
//===----------------------------------------------------------------------===//

        .set    noreorder
        .text
        .globl  opml_exit
        .type   opml_exit, @function
opml_exit:
        li      $v0, 4001
        syscall
        .size   opml_exit, . - opml_exit
