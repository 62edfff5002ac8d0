//===- math.h - Included by csmith's programs with floats; nothing needed -===//
