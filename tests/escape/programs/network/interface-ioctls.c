// Configures networks by the old ioctls: takes loopback down, adds addresses, routes and neighbours, renames, makes bridges.
// expect: stopped

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <net/route.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static int s;

static void must_fail(const char *what, unsigned long number, void *argument) {
    int result = ioctl(s, number, argument);
    int denied = result == -1 && (errno == EPERM || errno == ENODEV || errno == ENOTTY || errno == EINVAL || errno == ENOPKG || errno == EOPNOTSUPP);
    printf("%s%s: %s\n", denied ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    s = socket(AF_INET, SOCK_DGRAM, 0);
    struct ifreq lo = {.ifr_name = "lo"};
    struct sockaddr_in address = {AF_INET, 0, {inet_addr("10.0.0.2")}}, gateway = {AF_INET, 0, {inet_addr("127.0.0.1")}}, none = {AF_INET};
    must_fail("down", SIOCSIFFLAGS, &lo);
    memcpy(&lo.ifr_addr, &address, sizeof address);
    must_fail("address", SIOCSIFADDR, &lo);
    must_fail("mask", SIOCSIFNETMASK, &lo);
    lo.ifr_mtu = 100;
    must_fail("mtu", SIOCSIFMTU, &lo);
    must_fail("hardware address", SIOCSIFHWADDR, &lo);
    strcpy(lo.ifr_newname, "eth0");
    must_fail("name", SIOCSIFNAME, &lo);
    must_fail("multicast", SIOCADDMULTI, &lo);
    struct ifreq tool = {.ifr_name = "lo", .ifr_data = (void *)(unsigned[]){0x26, 0}};
    must_fail("flags by ethtool", 0x8946, &tool);
    struct rtentry route = {.rt_flags = RTF_UP | RTF_GATEWAY};
    memcpy(&route.rt_dst, &none, sizeof none), memcpy(&route.rt_genmask, &none, sizeof none), memcpy(&route.rt_gateway, &gateway, sizeof gateway);
    must_fail("route", SIOCADDRT, &route);
    must_fail("neighbour", 0x8955, &(char[64]){2});
    must_fail("bridge", 0x89a0, "br0");
    must_fail("vlan", 0x8983, &(char[64]){0});
    must_fail("network namespace of the socket", 0x894c, 0);
    memset(&lo, 0, sizeof lo), strcpy(lo.ifr_name, "lo");
    if (ioctl(s, SIOCGIFFLAGS, &lo) != 0 || !(lo.ifr_flags & IFF_UP)) puts("ESCAPED: loopback is down");
    puts("stopped");
}
