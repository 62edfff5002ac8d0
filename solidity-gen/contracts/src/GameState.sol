// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

/// A game apart from what has been claimed in it.
struct Game {
    address server;
    address challenger;
    /// Of the result that it is about.
    uint32 attempt;
    /// The challenger's choice, to have several games about one result.
    uint32 nonce;
    /// Time of the last move.
    uint40 movedAt;
    /// Seconds that each side has left, without the time since the last move.
    uint32 serverClock;
    uint32 challengerClock;
    /// How many sections this phase still takes.
    uint8 levels;
    /// Over the steps of a node, not over nodes.
    bool inNode;
    bool serverMoves;
}

/// A game in the two words in which moves name it.
struct PackedGame {
    /// `u8 inNode | serverMoves << 1 ‖ u8 levels ‖ u32 serverClock ‖ u40 movedAt ‖ server`, from bit 240 down.
    uint256 progress;
    /// `u32 nonce ‖ u32 attempt ‖ u32 challengerClock ‖ challenger`.
    uint256 identity;
}

library GameState {
    function pack(Game memory game) internal pure returns (PackedGame memory packed) {
        uint256 flags = (game.inNode ? 1 : 0) | (game.serverMoves ? 2 : 0);
        packed.progress = uint256(uint160(game.server)) | uint256(game.movedAt) << 160 | uint256(game.serverClock) << 200
            | uint256(game.levels) << 232 | flags << 240;
        packed.identity = uint256(uint160(game.challenger)) | uint256(game.challengerClock) << 160
            | uint256(game.attempt) << 192 | uint256(game.nonce) << 224;
    }

    function unpack(PackedGame calldata packed) internal pure returns (Game memory game) {
        uint256 progress = packed.progress;
        uint256 identity = packed.identity;
        game.server = address(uint160(progress));
        game.movedAt = uint40(progress >> 160);
        game.serverClock = uint32(progress >> 200);
        game.levels = uint8(progress >> 232);
        game.inNode = progress >> 240 & 1 != 0;
        game.serverMoves = progress >> 241 & 1 != 0;
        game.challenger = address(uint160(identity));
        game.challengerClock = uint32(identity >> 160);
        game.attempt = uint32(identity >> 192);
        game.nonce = uint32(identity >> 224);
    }

    /// Where the game's hash is stored.
    function key(bytes32 jobId, Game memory game) internal pure returns (bytes32) {
        return keccak256(abi.encode(jobId, game.challenger, game.attempt, game.nonce));
    }

    /// All that is stored of a game. `accumulator` stands for the claims of its phase (History).
    function hash(PackedGame memory packed, bytes32 accumulator) internal pure returns (bytes32) {
        return keccak256(abi.encode(packed.progress, packed.identity, accumulator));
    }
}
