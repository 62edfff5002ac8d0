// RUN: not opml-isa-gen --emit=cpp %s -I %isa_dir -I %S/Inputs -o %t.inc 2>&1 | FileCheck %s

include "Tiny.td"

// CHECK: cause-errors.td:[[@LINE+1]]:5: error: Late: causes are numbered 1, 2, … 255 in order
def Late : Cause<11, "">;
