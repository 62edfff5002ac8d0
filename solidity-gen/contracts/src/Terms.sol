// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

/// What a job is about and under which conditions: fixed when it is requested. A job's id is the hash of its terms, so
/// the chain stores none of them, and whoever names a job names its content, whatever a re-organisation did to it.
struct Terms {
    bytes32 modelRoot;
    /// The context with weights and inputs, before the first node.
    bytes32 start;
    /// Commitment to the roots of the input values (docs/protocol.md, Data).
    bytes32 inputRoot;
    address requester;
    /// Who may answer; zero for anyone, by commit and reveal.
    address server;
    /// Wei for the server whose result becomes final.
    uint96 fee;
    /// Wei at stake in an answer, and in a challenge.
    uint96 bond;
    /// Wei per gas up to which the bond pays for its winner's moves.
    uint64 feeCap;
    /// Seconds to answer in, from the request or from the death of the last result.
    uint32 answerPeriod;
    /// Seconds to challenge in.
    uint32 window;
    /// Seconds that each side of a game has for all its moves.
    uint32 clock;
    /// Seconds to publish an input or output in when somebody demands it.
    uint32 publishPeriod;
    /// Gas of the call that delivers the result to the requester; zero for no call.
    uint32 callbackGas;
    /// Whatever makes the job differ from the requester's other ones.
    uint64 nonce;
}

function jobIdOf(Terms memory terms) pure returns (bytes32) {
    return keccak256(abi.encode(terms));
}
