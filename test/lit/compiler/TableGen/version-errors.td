// RUN: not opml-tblgen -gen-operator-table %tblgen_includes %s -DDESCENDING 2>&1 | FileCheck %s --check-prefix=DESCENDING
// RUN: not opml-tblgen -gen-operator-table %tblgen_includes %s -DTOO_NEW 2>&1 | FileCheck %s --check-prefix=DESCENDING
// RUN: not opml-tblgen -gen-operator-table %tblgen_includes %s -DNONE 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not opml-tblgen -gen-operator-table %tblgen_includes %s -DFIRST_HOOK 2>&1 | FileCheck %s --check-prefix=FIRST

include "opml/Dialect/OpmlBase.td"

class Test<list<Since> versions> : Opml_Operator<"Test", [], versions> {
  let results = (outs Opml_Tensor:$y);
}

#ifdef DESCENDING
def Opml_TestOp : Test<[Since<1>, Since<7>, Since<6>]>;
#endif
#ifdef TOO_NEW
def Opml_TestOp : Test<[Since<1>, Since<1000>]>;
#endif
#ifdef NONE
def Opml_TestOp : Test<[]>;
#endif
#ifdef FIRST_HOOK
def Opml_TestOp : Test<[Since<1, "fromNothing">]>;
#endif

// DESCENDING: version-errors.td:[[#]]:5: error: versions are not ascending from 1 to the newest opset
// NONE: version-errors.td:[[#]]:5: error: has no versions
// FIRST: version-errors.td:[[#]]:5: error: the first version has none before it to rewrite
