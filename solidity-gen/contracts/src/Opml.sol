// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

import {Transitions} from "./Transitions.sol";

/// @title Machine-learning results, settled optimistically.
/// @notice Models, jobs, data and games in one contract: docs/protocol.md is its specification, whose numbered checks are
/// cited in the code. It has no owner, takes no sides and cannot be changed or stopped.
contract Opml is Transitions {
    constructor(address mipsStep) Transitions(mipsStep) {}
}
