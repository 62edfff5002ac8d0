//===- Checksums.h - Results of every routine, folded into one word -*- C -*-=//

#ifndef OPML_GUEST_CHECKSUMS_H
#define OPML_GUEST_CHECKSUMS_H

#include <stdint.h>

int routineCount(void);

/// A checksum of the results of routine 0 … routineCount() - 1 on some
/// thousands of operands.
uint32_t routineChecksum(int routine);

#endif // OPML_GUEST_CHECKSUMS_H
