#ifndef OPML_DIALECT_OPERATORS_THRESHOLDEDRELU_TD
#define OPML_DIALECT_OPERATORS_THRESHOLDEDRELU_TD

include "opml/Dialect/OpmlBase.td"

def Opml_ThresholdedReluOp : Opml_ElementwiseOperator<"ThresholdedRelu", [],
    [Since<10>, Since<22>]> {
  let summary = "x where it is greater than alpha, else 0";
  let description = [{
    Y = X where X > alpha, else +0, also for a NaN.
  }];
  let arguments = (ins Opml_Float32Tensor:$X, DefaultValuedAttr<F32Attr, "1.0f">:$alpha);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_THRESHOLDEDRELU_TD
