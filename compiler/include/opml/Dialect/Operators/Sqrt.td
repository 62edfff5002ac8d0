#ifndef OPML_DIALECT_OPERATORS_SQRT_TD
#define OPML_DIALECT_OPERATORS_SQRT_TD

include "opml/Dialect/OpmlBase.td"

def Opml_SqrtOp : Opml_ElementwiseOperator<"Sqrt", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<13>]> {
  let summary = "square root of each element";
  let description = [{
    Y = sqrt(X), rounded once; a negative number gives NaN, -0 gives -0.
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_SQRT_TD
