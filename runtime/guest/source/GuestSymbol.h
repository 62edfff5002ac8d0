//===- GuestSymbol.h - Names of the guest runtime's functions -----*- C -*-===//
//
// For the guest the routines carry the names that LLVM calls; on the host,
// where they are built for tests only, a prefix keeps them apart from libm and
// compiler-rt.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_GUEST_GUESTSYMBOL_H
#define OPML_GUEST_GUESTSYMBOL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __mips__
#define OPML_GUEST(name) name
#else
#define OPML_GUEST(name) opml_guest_##name
#endif

/// A word of memory whatever its declared type.
typedef uint32_t __attribute__((may_alias)) MayAlias32;

#endif // OPML_GUEST_GUESTSYMBOL_H
