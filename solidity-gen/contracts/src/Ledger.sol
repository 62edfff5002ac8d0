// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

/// What the contract owes: nobody is paid but by asking for it.
abstract contract Ledger {
    /// @notice Wei that the account may withdraw.
    mapping(address account => uint256) public balances;

    /// @notice The account took its balance out.
    event Withdrawn(address indexed account, address to, uint256 amount);

    /// The recipient refuses the payment.
    error PaymentRefused();
    /// The call carries another sum than the one it takes.
    error WrongPayment(uint256 expected);

    /// @notice Pays the caller's whole balance to `to`.
    function withdraw(address payable to) external {
        uint256 amount = balances[msg.sender];
        balances[msg.sender] = 0;
        emit Withdrawn(msg.sender, to, amount);
        (bool paid,) = to.call{value: amount}("");
        if (!paid) revert PaymentRefused();
    }

    function _credit(address account, uint256 amount) internal {
        balances[account] += amount;
    }

    /// Half of a lost bond is the winner's. The other half is burned, or a liar would get its bond back by losing to
    /// itself: it stays here and is owed to nobody. Nor does the requester get it, who may be the liar as well.
    function _award(address winner, uint256 lostBond) internal {
        _credit(winner, lostBond / 2);
    }

    function _requirePayment(uint256 amount) internal view {
        if (msg.value != amount) revert WrongPayment(amount);
    }
}
