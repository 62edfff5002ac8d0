#ifndef OPML_DIALECT_OPERATORS_HARDSWISH_TD
#define OPML_DIALECT_OPERATORS_HARDSWISH_TD

include "opml/Dialect/OpmlBase.td"

def Opml_HardSwishOp : Opml_ElementwiseOperator<"HardSwish", [], [Since<14>, Since<22>]> {
  let summary = "x * max(0, min(1, x / 6 + 0.5)) of each element";
  let description = [{
    As X * HardSigmoid(X) with alpha = binary32(1/6) and beta = 0.5: four rounded operations.
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_HARDSWISH_TD
