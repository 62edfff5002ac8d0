#ifndef OPML_DIALECT_OPERATORS_IDENTITY_TD
#define OPML_DIALECT_OPERATORS_IDENTITY_TD

include "opml/Dialect/OpmlBase.td"

def Opml_IdentityOp : Opml_Operator<"Identity", [Opml_DataMovement, Opml_View],
    [Since<1>, Since<13>, Since<14>, Since<16>, Since<19>, Since<21>, Since<23>, Since<24>,
     Since<25>]> {
  let summary = "the operand itself";
  let arguments = (ins Opml_Tensor:$input);
  let results = (outs Opml_Tensor:$output);
  let limits = ["sequences and optionals"];
}

#endif // OPML_DIALECT_OPERATORS_IDENTITY_TD
