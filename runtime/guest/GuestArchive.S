//===- GuestArchive.S - The guest runtime's archive, embedded -------------===//

        .section .rodata
        .balign 16
        .globl  opmlGuestArchiveBegin
        .globl  opmlGuestArchiveEnd
opmlGuestArchiveBegin:
        .incbin OPML_GUEST_ARCHIVE
opmlGuestArchiveEnd:
        .section .note.GNU-stack, "", @progbits
