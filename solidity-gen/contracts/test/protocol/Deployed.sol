// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Opml} from "../../src/Opml.sol";
import {vm} from "../Vm.sol";

/// test/Deployment.sol, which the tests here must not import: they are compiled otherwise. Running some of the tests only
/// therefore needs `forge build` before.
interface Deployed {
    function mipsStep() external view returns (address);
    function opml() external view returns (Opml);
}

function deployed() returns (Deployed) {
    return Deployed(vm.deployCode("Deployment.sol:Deployment"));
}
