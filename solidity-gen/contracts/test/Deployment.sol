// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {MipsStep} from "../src/MipsStep.sol";
import {Opml} from "../src/Opml.sol";

/// Deploys the contracts as they are compiled for a chain, for tests that are compiled otherwise (foundry.toml).
contract Deployment {
    MipsStep public immutable mipsStep = new MipsStep();
    Opml public immutable opml = new Opml(address(mipsStep));
}
