#ifndef OPML_DIALECT_OPERATORS_HARDSIGMOID_TD
#define OPML_DIALECT_OPERATORS_HARDSIGMOID_TD

include "opml/Dialect/OpmlBase.td"

def Opml_HardSigmoidOp : Opml_ElementwiseOperator<"HardSigmoid", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<22>]> {
  let summary = "max(0, min(1, alpha * x + beta)) of each element";
  let description = [{
    The product and the sum are each rounded; minimum and maximum are those of Min and Max.
  }];
  let arguments = (ins Opml_Float32Tensor:$X,
                       DefaultValuedAttr<F32Attr, "0.2f">:$alpha,
                       DefaultValuedAttr<F32Attr, "0.5f">:$beta);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_HARDSIGMOID_TD
