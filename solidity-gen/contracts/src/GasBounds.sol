// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

import {ModelHeader} from "./Models.sol";
import {Port} from "./Port.sol";
import {Section} from "./Section.sol";
import {Tree} from "./Tree.sol";

/// What a dispute and a publication cost at most, in gas under osaka's rules, where calldata decides (EIP-7623). Tests
/// hold the contracts to it.
library GasBounds {
    /// A non-zero byte of calldata.
    uint256 private constant byteGas = 40;
    uint256 private constant hashGas = 32 * byteGas;
    /// A section and its end.
    uint256 private constant sectionGas = 52_000;
    uint256 private constant maxStepLevels = 12;
    uint256 private constant maxResults = 16;
    /// Challenge, hand-over and final step without what is counted below.
    uint256 private constant fixedGas = 600_000;

    /// The bytes of a tensor that one transaction publishes.
    uint256 internal constant chunkBytes = 1 << 15;
    uint256 private constant chunkGas = 150_000;

    /// All moves of one side in one game.
    function game(ModelHeader memory model, uint256 outputs) internal pure returns (uint256) {
        uint256 levels = model.nodeBits / Section.bits + maxStepLevels;
        uint256 path = uint256(model.contextDepth) + 2;
        uint256 results = model.maxSlots < maxResults ? model.maxSlots : maxResults;
        uint256 hashes = (outputs + model.maxSlots) * path + results * Tree.maxDepth + model.nodeBits;
        return fixedGas + (levels + 1) / 2 * sectionGas + hashes * hashGas;
    }

    /// How many transactions publish a tensor.
    function chunks(uint256 size) internal pure returns (uint256) {
        return size == 0 ? 1 : (size + chunkBytes - 1) / chunkBytes;
    }

    /// One of those transactions, with so many bytes.
    function chunk(uint256 size) internal pure returns (uint256) {
        return chunkGas + size * byteGas;
    }

    /// All of them, for all ports.
    function publication(Port[] memory ports) internal pure returns (uint256 gas) {
        for (uint256 i = 0; i < ports.length; ++i) {
            gas += chunks(ports[i].size) * chunkGas + ports[i].size * byteGas;
        }
    }
}
