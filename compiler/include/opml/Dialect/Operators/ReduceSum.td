#ifndef OPML_DIALECT_OPERATORS_REDUCESUM_TD
#define OPML_DIALECT_OPERATORS_REDUCESUM_TD

include "opml/Dialect/OpmlBase.td"

def Opml_ReduceSumOp : Opml_ReductionOperator<"ReduceSum",
    [Since<1>, Since<11>, SinceShared<13, "axesToInput">],
    Opml_MatMulTensor> {
  let summary = "sum over given axes";
  let description = [{
    The elements in row-major order, added to the sum so far, from +0 on; rounded after each for
    float32, modulo 2^n for n-bit integers.


    `axes` is a constant; without it, or where it is empty, all dimensions are reduced, or none if
    noop_with_empty_axes is 1: then every element is taken by itself. With keepdims 0 the reduced
    dimensions are left out. Before version 13 the axes are an attribute,
    here `dimensions`.

    C1. axes are distinct dimensions of data, counted from the end where they are negative.
  }];
  let limits = ["axes that are computed from the inputs"];
}

#endif // OPML_DIALECT_OPERATORS_REDUCESUM_TD
