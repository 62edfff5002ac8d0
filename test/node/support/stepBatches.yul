/// Has the step contract execute many steps in one call.
/// Calldata: step contract (32 bytes), then for each step the size of its calldata (32 bytes) and the calldata. Returns
/// 64 bytes for each step: what the step contract returned, or zeros where it reverted or returned something of another
/// size.
object "StepBatches" {
    code {
        // A step's calldata is longer than its result, so memory from here on is behind all results.
        let scratch := calldatasize()
        let results := 0
        for { let at := 32 } lt(at, calldatasize()) {} {
            let size := calldataload(at)
            at := add(at, 32)
            calldatacopy(scratch, at, size)
            at := add(at, size)
            let accepted := staticcall(gas(), calldataload(0), scratch, size, results, 64)
            if iszero(and(accepted, eq(returndatasize(), 64))) {
                mstore(results, 0)
                mstore(add(results, 32), 0)
            }
            results := add(results, 64)
        }
        return(0, results)
    }
}
