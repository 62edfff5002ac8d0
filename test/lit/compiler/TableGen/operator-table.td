// RUN: opml-tblgen -gen-operator-table %tblgen_includes %s | FileCheck %s
// RUN: opml-tblgen -gen-operator-doc %tblgen_includes %s | FileCheck %s --check-prefix=DOC

include "opml/Dialect/OpmlBase.td"

def Opml_TestOp : Opml_Operator<"Test", [], [Since<3>, Since<9, "axisToInput">]> {
  let summary = "a test";
  let description = [{
    C1. Nothing is wrong.
  }];
  let arguments = (ins Opml_Float32Tensor:$X, Optional<Opml_ShapeTensor>:$axes,
                       DefaultValuedAttr<Opml_FlagAttr, "0">:$keep,
                       OptionalAttr<DenseI64ArrayAttr>:$pads, Opml_BoundAttr:$lower);
  let results = (outs Opml_Float32Tensor:$Y);
  let limits = ["everything else"];
}

// CHECK: static const OperatorVersion TestVersions[] = {
// CHECK-NEXT: {3, nullptr},
// CHECK-NEXT: {9, &TestOp::axisToInput},
// CHECK: static const OperatorAttribute TestAttributes[] = {
// CHECK-NEXT: {"keep", onnx::AttributeProto::INT, true},
// CHECK-NEXT: {"pads", onnx::AttributeProto::INTS, true},
// CHECK-NEXT: {"lower", onnx::AttributeProto::FLOAT, false},
// CHECK: {"Test", "", TestVersions, TestAttributes, 1, 2, 1, &createOperator<TestOp>},

// DOC: | [Test](#test) | 3, 9 | float32 | everything else |
// DOC: ## Test
// DOC: C1. Nothing is wrong.
// DOC: | input | X | float32 |
// DOC: | input | axes | int64, optional |
// DOC: | output | Y | float32 |
// DOC: | attribute | keep | INT, 0 or 1, default 0 |
// DOC: | attribute | pads | INTS, optional |
// DOC: | attribute | lower | FLOAT, optional, not in files
