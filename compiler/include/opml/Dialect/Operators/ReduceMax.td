#ifndef OPML_DIALECT_OPERATORS_REDUCEMAX_TD
#define OPML_DIALECT_OPERATORS_REDUCEMAX_TD

include "opml/Dialect/OpmlBase.td"

def Opml_ReduceMaxOp : Opml_ReductionOperator<"ReduceMax",
    [Since<1>, Since<11>, Since<12>, Since<13>, SinceShared<18, "axesToInput">, Since<20>],
    Opml_ArithmeticTensor> {
  let summary = "maximum over given axes";
  let description = [{
    The maximum of the elements, as in Max; of none, -infinity or the least integer.


    `axes` is a constant; without it, or where it is empty, all dimensions are reduced, or none if
    noop_with_empty_axes is 1: then every element is taken by itself. With keepdims 0 the reduced
    dimensions are left out. Before version 18 the axes are an attribute,
    here `dimensions`.

    C1. axes are distinct dimensions of data, counted from the end where they are negative.
  }];
  let limits = ["axes that are computed from the inputs", "bool"];
}

#endif // OPML_DIALECT_OPERATORS_REDUCEMAX_TD
