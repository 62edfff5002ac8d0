import { BlockList, isIPv6 } from 'node:net';

/** What is not of the public Internet: IANA's registries of special-purpose addresses. */
const special = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared by customers of a provider
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local; metadata of cloud machines
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // relays to IPv6
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 3], // multicast, reserved, broadcast
] as const)
  special.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['2001::', 23], // protocol assignments, among them tunnels to IPv4
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // tunnels to IPv4
  ['3fff::', 20], // documentation
] as const)
  special.addSubnet(network, prefix, 'ipv6');

/** Global unicast. All else of IPv6 is local, or stands for an address of IPv4. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether an address, as DNS gives it, is of the public Internet. */
export const isPublicAddress = (address: string): boolean =>
  isIPv6(address) ? globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6') : !special.check(address);
