#ifndef OPML_DIALECT_OPERATORS_MATMULINTEGER_TD
#define OPML_DIALECT_OPERATORS_MATMULINTEGER_TD

include "opml/Dialect/OpmlBase.td"

def Opml_MatMulIntegerOp : Opml_ComputeOperator<"MatMulInteger", [Opml_Anchor, AttrSizedOperandSegments],
                                                [Since<10>]> {
  let summary = "matrix product of quantised matrices";
  let description = [{
    Y[…, i, j] = sum over k of (A[…, i, k] - a_zero_point) * (B[…, k, j] - b_zero_point), in int32
    and modulo 2^32. Shapes are those of MatMul; a zero point that is not given is 0.

    C1. A and B have at least rank 1.
    C2. The last dimension of A equals the last but one (of a vector: the only one) of B.
    C3. The dimensions before the last two broadcast as in Add.
    C4. a_zero_point has the element type of A and is one number, or a vector of one for each row.
    C5. b_zero_point has the element type of B and is one number, or a vector of one for each column.
  }];
  let arguments = (ins Opml_QuantisedTensor:$A, Opml_QuantisedTensor:$B,
                       Optional<Opml_QuantisedTensor>:$a_zero_point,
                       Optional<Opml_QuantisedTensor>:$b_zero_point);
  let results = (outs Opml_Int32Tensor:$Y);
  let limits = ["zero points of rank 2 and more"];
}

#endif // OPML_DIALECT_OPERATORS_MATMULINTEGER_TD
