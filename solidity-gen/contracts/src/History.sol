// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

import {Section} from "./Section.sol";
import {Subtrees, Tree} from "./Tree.sol";
import {Tags} from "./Tags.sol";

/// A phase of a game opened again: the latest sections as far back as they are needed, and two values in them.
struct Revealed {
    /// The accumulator before the sections below.
    bytes32 base;
    /// `u8 pick ‖ root` of each, oldest first.
    bytes sections;
    /// What the phase began with, whose hash `base` then is: model root or zero, start, claim. Or nothing.
    bytes32[] origin;
    /// What both sides agree on, before the transition.
    bytes32 agreed;
    /// What the opponent of the mover claims to come after it.
    bytes32 claimed;
    /// Opens `claimed` in the last section, and `agreed` too if it stands there.
    bytes32[] siblings;
    /// Opens `agreed` in an earlier section.
    bytes32[] earlierSiblings;
}

/// The accumulator that stands for all sections of a phase, and what can be shown about them later.
library History {
    /// The sections are not the ones that were played.
    error WrongHistory();
    /// A value does not stand where it is said to.
    error WrongValue();
    /// The pick is not one of 16.
    error WrongPick();

    uint256 private constant entryBytes = 33;

    /// @param modelRoot Of the phase over nodes; zero in the phase over steps.
    /// @param start The state at the beginning.
    /// @param claim The state at the end that the first section attacks; zero in the phase over steps.
    function begin(bytes32 modelRoot, bytes32 start, bytes32 claim) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.game, modelRoot, start, claim));
    }

    function append(bytes32 accumulator, uint256 pick, bytes32 sectionRoot) internal pure returns (bytes32) {
        if (pick >= Section.values) revert WrongPick();
        return keccak256(abi.encodePacked(accumulator, uint8(pick), sectionRoot));
    }

    function length(Revealed calldata revealed) internal pure returns (uint256) {
        return revealed.sections.length / entryBytes;
    }

    /// Checks that these are the latest sections of the phase, and the origin if there is one.
    function check(Revealed calldata revealed, bytes32 accumulator) internal pure {
        if (revealed.sections.length % entryBytes != 0) revert WrongHistory();
        bytes32[] calldata origin = revealed.origin;
        bytes32 current = revealed.base;
        if (origin.length != 0) {
            if (origin.length != 3 || current != begin(origin[0], origin[1], origin[2])) revert WrongHistory();
        }
        uint256 count = length(revealed);
        for (uint256 i = 0; i < count; ++i) {
            current = append(current, pickOf(revealed, i), rootOf(revealed, i));
        }
        if (current != accumulator) revert WrongHistory();
    }

    /// Checks that part `pick` of the last section goes from `agreed` to `claimed`. Requires a checked history.
    function checkPart(Revealed calldata revealed, uint256 pick) internal pure {
        if (pick >= Section.values) revert WrongPick();
        uint256 count = length(revealed);
        if (count == 0) {
            // The phase is one transition long.
            if (pick != 0 || revealed.origin.length == 0) revert WrongPick();
            _checkNoSiblings(revealed.siblings);
            if (revealed.claimed != revealed.origin[2]) revert WrongValue();
        } else if (pick == 0) {
            _checkOpened(rootOf(revealed, count - 1), 0, revealed.claimed, revealed.siblings);
        } else {
            _checkNeighbours(revealed, rootOf(revealed, count - 1), pick);
            return;
        }
        _checkEarlier(revealed, count);
    }

    /// `agreed` is where the interval of the last section begins, which is where an earlier part does.
    function _checkEarlier(Revealed calldata revealed, uint256 count) private pure {
        // Section i divides part pickOf(i) of section i - 1; the first divides the whole.
        while (count > 1) {
            uint256 pick = pickOf(revealed, --count);
            if (pick != 0) {
                _checkOpened(rootOf(revealed, count - 1), pick - 1, revealed.agreed, revealed.earlierSiblings);
                return;
            }
        }
        if (revealed.origin.length == 0) revert WrongHistory();
        _checkNoSiblings(revealed.earlierSiblings);
        if (revealed.agreed != revealed.origin[1]) revert WrongValue();
    }

    /// Checks that the last section ends with the claim that it attacks, which `claimed` is. Requires a checked history.
    function checkEqualEnds(Revealed calldata revealed) internal pure {
        uint256 count = length(revealed);
        if (count == 0) revert WrongHistory();
        _checkOpened(rootOf(revealed, count - 1), Section.values - 1, revealed.claimed, revealed.siblings);
        if (count > 1) {
            uint256 pick = pickOf(revealed, count - 1);
            _checkOpened(rootOf(revealed, count - 2), pick, revealed.claimed, revealed.earlierSiblings);
        } else {
            if (revealed.origin.length == 0) revert WrongHistory();
            _checkNoSiblings(revealed.earlierSiblings);
            if (revealed.claimed != revealed.origin[2]) revert WrongValue();
        }
    }

    function pickOf(Revealed calldata revealed, uint256 i) internal pure returns (uint256) {
        return uint8(revealed.sections[i * entryBytes]);
    }

    function rootOf(Revealed calldata revealed, uint256 i) internal pure returns (bytes32) {
        return bytes32(revealed.sections[i * entryBytes + 1:(i + 1) * entryBytes]);
    }

    function _checkOpened(bytes32 sectionRoot, uint256 position, bytes32 value, bytes32[] calldata siblings) private pure {
        if (Tree.root(position << 8, value, Section.bits, siblings) != sectionRoot) revert WrongValue();
    }

    function _checkNeighbours(Revealed calldata revealed, bytes32 sectionRoot, uint256 pick) private pure {
        _checkNoSiblings(revealed.earlierSiblings);
        Subtrees memory both = Subtrees(new uint256[](2), new bytes32[](2));
        both.places[0] = (pick - 1) << 8;
        both.places[1] = pick << 8;
        both.roots[0] = revealed.agreed;
        both.roots[1] = revealed.claimed;
        if (Tree.root(both, Section.bits, revealed.siblings) != sectionRoot) revert WrongValue();
    }

    function _checkNoSiblings(bytes32[] calldata siblings) private pure {
        if (siblings.length != 0) revert Tree.WrongProofLength();
    }
}
