/// Changes single bytes of a witness, has the step contract execute each, and counts the outcomes.
/// Calldata: step contract ‖ first position ‖ end of the positions ‖ number of masks (32 bytes each) ‖ masks (a byte
/// each) ‖ witness. Returns how many of the changed witnesses were rejected, gave another pre-state, gave the same
/// pre-state with another post-state, and gave the same pair (32 bytes each).
object "Tamper" {
    code {
        // A step takes a tenth of this, so that none is rejected for want of gas.
        let stepGas := 100000
        let masks := 128
        let count := calldataload(96)
        let witness := 256
        let size := sub(calldatasize(), add(masks, count))
        calldatacopy(witness, add(masks, count), size)

        // Memory: what the step contract returns, then the four counters.
        if iszero(staticcall(stepGas, calldataload(0), witness, size, 0, 64)) { revert(0, 0) }
        let pre := mload(0)
        let post := mload(32)
        let counters := 64

        for { let i := calldataload(32) } lt(i, calldataload(64)) { i := add(i, 1) } {
            let place := add(witness, i)
            let honest := byte(0, mload(place))
            for { let j := 0 } lt(j, count) { j := add(j, 1) } {
                if lt(gas(), mul(2, stepGas)) { revert(0, 0) }
                mstore8(place, xor(honest, byte(0, calldataload(add(masks, j)))))
                let outcome := 0
                if staticcall(stepGas, calldataload(0), witness, size, 0, 64) {
                    outcome := 1
                    if eq(mload(0), pre) { outcome := add(2, eq(mload(32), post)) }
                }
                let counter := add(counters, mul(32, outcome))
                mstore(counter, add(mload(counter), 1))
            }
            mstore8(place, honest)
        }
        return(counters, 128)
    }
}
