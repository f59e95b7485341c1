/* lua_math.c - the math and utf8 libraries of Lua, with our own random numbers.
 *
 * Every call of a hook begins with the same seed, so that a page gets the same
 * numbers whichever worker makes it, and whatever that worker made before.
 * The generator is xoshiro256** by Blackman and Vigna (public domain). */
#include <lualib.h>
#include <math.h>

#include "lua_limits.h"

static uint64_t rotate(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

static uint64_t random_next(uint64_t s[4])
{
    uint64_t result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

/* splitmix64, the seeding its authors advise */
static void random_seed(uint64_t s[4], uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        uint64_t z = (seed += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        s[i] = z ^ (z >> 31);
    }
}

void random_begin(struct hook_state *state) { random_seed(state->random, 0); }

/* 0 .. most, every number equally likely. */
static uint64_t random_up_to(uint64_t s[4], uint64_t most)
{
    uint64_t mask = most;
    for (int shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
    for (;;) {
        uint64_t n = random_next(s) & mask;
        if (n <= most) return n;
    }
}

static int math_random(lua_State *L)
{
    uint64_t *s = state_of(L)->random;
    int count = lua_gettop(L);
    if (count == 0) {
        lua_pushnumber(L, (double)(random_next(s) >> 11) * 0x1p-53);
        return 1;
    }
    lua_Integer low = count > 1 ? luaL_checkinteger(L, 1) : 1;
    lua_Integer high = luaL_checkinteger(L, count > 1 ? 2 : 1);
    if (count > 2) return luaL_error(L, "wrong number of arguments");
    if (count == 1 && high == 0) {
        lua_pushinteger(L, (lua_Integer)random_next(s));
        return 1;
    }
    luaL_argcheck(L, low <= high, count, "interval is empty");
    uint64_t n = random_up_to(s, (uint64_t)high - (uint64_t)low);
    lua_pushinteger(L, (lua_Integer)((uint64_t)low + n));
    return 1;
}

static int math_randomseed(lua_State *L)
{
    uint64_t seed = 0;
    if (lua_isinteger(L, 1)) seed = (uint64_t)lua_tointeger(L, 1);
    else if (!lua_isnoneornil(L, 1)) {
        double number = luaL_checknumber(L, 1);
        memcpy(&seed, &number, sizeof seed);
    }
    random_seed(state_of(L)->random, seed);
    return 0;
}

void math_open(lua_State *L)
{
    lua_pushcfunction(L, luaopen_math);
    lua_call(L, 0, 1);
    lua_pushcfunction(L, math_random);
    lua_setfield(L, -2, "random");
    lua_pushcfunction(L, math_randomseed);
    lua_setfield(L, -2, "randomseed");
}

/* Each call may run over the whole text. */
void utf8_open(lua_State *L)
{
    static const char *const names[] = {"char", "codes", "codepoint", "len", "offset"};
    lua_pushcfunction(L, luaopen_utf8);
    lua_call(L, 0, 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        lua_getfield(L, -1, names[i]);
        lua_CFunction function = lua_tocfunction(L, -1);
        lua_pop(L, 1);
        base_push_charged(L, function);
        lua_setfield(L, -2, names[i]);
    }
}
