#ifndef OPML_DIALECT_OPERATORS_GEMM_TD
#define OPML_DIALECT_OPERATORS_GEMM_TD

include "opml/Dialect/OpmlBase.td"

def Opml_GemmOp : Opml_ComputeOperator<"Gemm", [Opml_Anchor],
    [Since<1>, Since<6>, Since<7, "toUnidirectionalBroadcasting">, Since<9>, Since<11>, Since<13>]> {
  let summary = "alpha * A' * B' + beta * C";
  let description = [{
    A' is A or, with transA, its transpose; B' likewise. An element is
    r = a chain of fma in ascending k from +0; r = r * alpha unless alpha is 1; then, if C is
    given, r = r + c, where c = C * beta, or C itself if beta is 1. Each is rounded once.

    C1. A and B are matrices, and A' has as many columns as B' has rows.
    C2. C broadcasts, as in Add, to the shape of A' * B'.
    C3. transA and transB are 0 or 1.
  }];
  let arguments = (ins Opml_Float32Tensor:$A, Opml_Float32Tensor:$B,
                       Optional<Opml_Float32Tensor>:$C,
                       DefaultValuedAttr<F32Attr, "1.0f">:$alpha,
                       DefaultValuedAttr<F32Attr, "1.0f">:$beta,
                       DefaultValuedAttr<Opml_FlagAttr, "0">:$transA,
                       DefaultValuedAttr<Opml_FlagAttr, "0">:$transB);
  let results = (outs Opml_Float32Tensor:$Y);
  let limits = ["integer matrices"];
}

#endif // OPML_DIALECT_OPERATORS_GEMM_TD
