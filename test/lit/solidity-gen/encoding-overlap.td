// RUN: not opml-isa-gen --emit=cpp %s -I %isa_dir -I %S/Inputs -o %t.inc 2>&1 | FileCheck %s

include "Tiny.td"

def First : Tiny<8>;
// The word 0x20000000 would be both.
// CHECK: encoding-overlap.td:[[@LINE+2]]:5: error: Second: encoding overlaps with First: both match 0x20000000
// CHECK: encoding-overlap.td:[[@LINE-3]]:5: note: First is here
def Second : Tiny<8> {
  let rs = 0;
  let Assembly = "second $rt, $imm";
}
