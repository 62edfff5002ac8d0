// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

/// A requester that wants its results delivered.
interface Receiver {
    /// @notice Called with the job's callbackGas once its result is final; called again if it reverts and somebody asks.
    function receiveResult(bytes32 jobId, bytes32 outputRoot) external;
}
