#ifndef OPML_DIALECT_OPERATORS_LAYERNORMALIZATION_TD
#define OPML_DIALECT_OPERATORS_LAYERNORMALIZATION_TD

include "opml/Dialect/OpmlBase.td"

def Opml_LayerNormalizationOp : Opml_ComputeOperator<"LayerNormalization", [Opml_Anchor], [Since<17>]> {
  let summary = "normalisation to mean 0 and variance 1 over the last dimensions";
  let description = [{
    Over the dimensions from axis on, of N elements: Mean is their sum in row-major order from +0,
    divided by N. With D = X - Mean, InvStdDev is 1 / sqrt(V / N + epsilon), V the chain
    fma(D, D, V) from +0 in the same order. Y = (D * InvStdDev) * Scale + B, each operation
    rounded; without B nothing is added.

    C1. axis is a dimension of X, counted from the end where it is negative.
    C2. Scale and B broadcast to the shape of X.
    C3. stash_type is 1.
  }];
  let arguments = (ins Opml_Float32Tensor:$X, Opml_Float32Tensor:$Scale, Optional<Opml_Float32Tensor>:$B,
                       DefaultValuedAttr<I64Attr, "-1">:$axis,
                       DefaultValuedAttr<F32Attr, "1.0e-5f">:$epsilon,
                       DefaultValuedAttr<I64Attr, "1">:$stash_type);
  let results = (outs Opml_Float32Tensor:$Y, Opml_Float32Tensor:$Mean, Opml_Float32Tensor:$InvStdDev);
}

#endif // OPML_DIALECT_OPERATORS_LAYERNORMALIZATION_TD
