//===- GuestFunctions.h - The runtime's routines, by LLVM's names -*- C -*-===//
//
// Read by the tests on the host and by the test program that runs in the guest.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_GUEST_GUESTFUNCTIONS_H
#define OPML_GUEST_GUESTFUNCTIONS_H

#include "GuestSymbol.h"

#ifdef __cplusplus
extern "C" {
#endif

uint32_t OPML_GUEST(fmaf)(uint32_t, uint32_t, uint32_t);
uint32_t OPML_GUEST(__addsf3)(uint32_t, uint32_t);
uint32_t OPML_GUEST(__subsf3)(uint32_t, uint32_t);
uint32_t OPML_GUEST(__mulsf3)(uint32_t, uint32_t);
uint32_t OPML_GUEST(__divsf3)(uint32_t, uint32_t);
uint32_t OPML_GUEST(sqrtf)(uint32_t);
int32_t OPML_GUEST(__eqsf2)(uint32_t, uint32_t);
int32_t OPML_GUEST(__nesf2)(uint32_t, uint32_t);
int32_t OPML_GUEST(__ltsf2)(uint32_t, uint32_t);
int32_t OPML_GUEST(__lesf2)(uint32_t, uint32_t);
int32_t OPML_GUEST(__gtsf2)(uint32_t, uint32_t);
int32_t OPML_GUEST(__gesf2)(uint32_t, uint32_t);
int32_t OPML_GUEST(__unordsf2)(uint32_t, uint32_t);
uint32_t OPML_GUEST(__floatsisf)(uint32_t);
uint32_t OPML_GUEST(__floatunsisf)(uint32_t);
int32_t OPML_GUEST(__fixsfsi)(uint32_t);
uint32_t OPML_GUEST(__fixunssfsi)(uint32_t);
uint64_t OPML_GUEST(fma)(uint64_t, uint64_t, uint64_t);
uint64_t OPML_GUEST(__adddf3)(uint64_t, uint64_t);
uint64_t OPML_GUEST(__subdf3)(uint64_t, uint64_t);
uint64_t OPML_GUEST(__muldf3)(uint64_t, uint64_t);
uint64_t OPML_GUEST(__divdf3)(uint64_t, uint64_t);
uint64_t OPML_GUEST(sqrt)(uint64_t);
int32_t OPML_GUEST(__eqdf2)(uint64_t, uint64_t);
int32_t OPML_GUEST(__nedf2)(uint64_t, uint64_t);
int32_t OPML_GUEST(__ltdf2)(uint64_t, uint64_t);
int32_t OPML_GUEST(__ledf2)(uint64_t, uint64_t);
int32_t OPML_GUEST(__gtdf2)(uint64_t, uint64_t);
int32_t OPML_GUEST(__gedf2)(uint64_t, uint64_t);
int32_t OPML_GUEST(__unorddf2)(uint64_t, uint64_t);
uint64_t OPML_GUEST(__extendsfdf2)(uint32_t);
uint32_t OPML_GUEST(__truncdfsf2)(uint64_t);
uint32_t OPML_GUEST(__extendhfsf2)(uint32_t);
uint32_t OPML_GUEST(__truncsfhf2)(uint32_t);
uint32_t OPML_GUEST(__truncdfhf2)(uint64_t);
uint32_t OPML_GUEST(__truncsfbf2)(uint32_t);
uint32_t OPML_GUEST(__truncdfbf2)(uint64_t);
uint32_t OPML_GUEST(__floatdisf)(uint64_t);
uint32_t OPML_GUEST(__floatundisf)(uint64_t);
int64_t OPML_GUEST(__fixsfdi)(uint32_t);
uint64_t OPML_GUEST(__fixunssfdi)(uint32_t);
uint64_t OPML_GUEST(__floatsidf)(uint32_t);
uint64_t OPML_GUEST(__floatunsidf)(uint32_t);
int32_t OPML_GUEST(__fixdfsi)(uint64_t);
uint32_t OPML_GUEST(__fixunsdfsi)(uint64_t);
uint64_t OPML_GUEST(__floatdidf)(uint64_t);
uint64_t OPML_GUEST(__floatundidf)(uint64_t);
int64_t OPML_GUEST(__fixdfdi)(uint64_t);
uint64_t OPML_GUEST(__fixunsdfdi)(uint64_t);
uint32_t OPML_GUEST(floorf)(uint32_t);
uint64_t OPML_GUEST(floor)(uint64_t);
uint32_t OPML_GUEST(ceilf)(uint32_t);
uint64_t OPML_GUEST(ceil)(uint64_t);
uint32_t OPML_GUEST(truncf)(uint32_t);
uint64_t OPML_GUEST(trunc)(uint64_t);
uint32_t OPML_GUEST(roundf)(uint32_t);
uint64_t OPML_GUEST(round)(uint64_t);
uint32_t OPML_GUEST(roundevenf)(uint32_t);
uint64_t OPML_GUEST(roundeven)(uint64_t);
uint32_t OPML_GUEST(rintf)(uint32_t);
uint64_t OPML_GUEST(rint)(uint64_t);
uint32_t OPML_GUEST(nearbyintf)(uint32_t);
uint64_t OPML_GUEST(nearbyint)(uint64_t);
uint32_t OPML_GUEST(fminf)(uint32_t, uint32_t);
uint64_t OPML_GUEST(fmin)(uint64_t, uint64_t);
uint32_t OPML_GUEST(fminimumf)(uint32_t, uint32_t);
uint64_t OPML_GUEST(fminimum)(uint64_t, uint64_t);
uint32_t OPML_GUEST(fminimum_numf)(uint32_t, uint32_t);
uint64_t OPML_GUEST(fminimum_num)(uint64_t, uint64_t);
uint32_t OPML_GUEST(fmaxf)(uint32_t, uint32_t);
uint64_t OPML_GUEST(fmax)(uint64_t, uint64_t);
uint32_t OPML_GUEST(fmaximumf)(uint32_t, uint32_t);
uint64_t OPML_GUEST(fmaximum)(uint64_t, uint64_t);
uint32_t OPML_GUEST(fmaximum_numf)(uint32_t, uint32_t);
uint64_t OPML_GUEST(fmaximum_num)(uint64_t, uint64_t);
uint64_t OPML_GUEST(__udivdi3)(uint64_t, uint64_t);
uint64_t OPML_GUEST(__umoddi3)(uint64_t, uint64_t);
int64_t OPML_GUEST(__divdi3)(int64_t, int64_t);
int64_t OPML_GUEST(__moddi3)(int64_t, int64_t);
uint64_t OPML_GUEST(__muldi3)(uint64_t, uint64_t);
uint64_t OPML_GUEST(__ashldi3)(uint64_t, uint32_t);
uint64_t OPML_GUEST(__lshrdi3)(uint64_t, uint32_t);
int64_t OPML_GUEST(__ashrdi3)(int64_t, uint32_t);
void *OPML_GUEST(memcpy)(void *, const void *, size_t);
void *OPML_GUEST(memmove)(void *, const void *, size_t);
void *OPML_GUEST(memset)(void *, int, size_t);
int OPML_GUEST(memcmp)(const void *, const void *, size_t);
int OPML_GUEST(bcmp)(const void *, const void *, size_t);

#ifdef __cplusplus
}
#endif

#endif // OPML_GUEST_GUESTFUNCTIONS_H
