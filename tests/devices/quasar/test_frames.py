"""Modbus TCP on the wire: every frame that is one is understood to the last byte, anything else is refused."""

from __future__ import annotations

import asyncio
import random
import struct
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox import tuning
from fusebox.devices.modbus import (
    Code,
    Frame,
    Function,
    NotModbus,
    Refused,
    Request,
    Splitter,
    as_signed,
    exception_code,
    exception_response,
    is_answer_to,
    parse_request,
    read_request,
    register_values,
    write_request,
)

from ...cases import for_each
from .controllers import DRAWN_W, POWER_W, Controller, mask, read_write, running, write_many
from .homes import Home

REGISTER = st.integers(0, 0xFFFF)
PDUS = st.one_of(
    st.builds(lambda f, a, n: struct.pack(">BHH", f, a, n), st.sampled_from([3, 4]), REGISTER, st.integers(1, 125)),
    st.builds(lambda a, v: struct.pack(">BHH", 6, a, v), REGISTER, REGISTER),
    st.builds(write_many, REGISTER, st.lists(REGISTER, min_size=1, max_size=123)),
    st.builds(mask, REGISTER, REGISTER, REGISTER),
    st.builds(read_write, REGISTER, st.integers(1, 125), REGISTER, st.lists(REGISTER, min_size=1, max_size=121)),
)


@given(st.lists(st.tuples(REGISTER, st.integers(0, 255), PDUS), max_size=6), st.randoms(use_true_random=False))
def test_frames_come_out_whole_however_they_arrive(messages, cuts):
    stream = b"".join(Frame(*message).to_bytes() for message in messages)
    splitter, found = Splitter(), []
    while stream:
        size = cuts.randint(1, len(stream))
        found += splitter.feed(stream[:size])
        stream = stream[size:]
    assert [(frame.transaction, frame.unit, frame.pdu) for frame in found] == messages
    assert not splitter.waits


@given(PDUS)
def test_a_parsed_frame_is_packed_into_the_same_bytes(pdu):
    try:
        request = parse_request(pdu)
    except Refused as refusal:
        assert refusal.code is Code.ILLEGAL_ADDRESS  # beyond the last register
        return
    assert request.pdu == pdu and request.with_values(request.values) == request


@given(PDUS, st.binary(min_size=1, max_size=4))
def test_a_byte_too_many_or_too_few_is_refused(pdu, more):
    for wrong in (pdu + more, pdu[:-1]):
        with pytest.raises(Refused):
            parse_request(wrong)


@for_each("function", sorted(set(range(256)) - set(Function)))
def test_other_functions_are_refused(function):
    with pytest.raises(Refused) as told:
        parse_request(bytes((function,)) + bytes(4))
    assert told.value.code is Code.ILLEGAL_FUNCTION


@pytest.mark.parametrize(
    "pdu, code",
    [
        (struct.pack(">BHH", 3, 0, 0), Code.ILLEGAL_VALUE),
        (struct.pack(">BHH", 3, 0, 126), Code.ILLEGAL_VALUE),
        (struct.pack(">BHH", 3, 0xFFFF, 2), Code.ILLEGAL_ADDRESS),
        (write_many(0, [])[:6], Code.ILLEGAL_VALUE),
        (struct.pack(">BHHBH", 16, 260, 1, 3, 5), Code.ILLEGAL_VALUE),
        (struct.pack(">BHHBH", 16, 260, 2, 2, 5), Code.ILLEGAL_VALUE),
        (bytes((6,)), Code.ILLEGAL_VALUE),
        (read_write(0, 126, 0, [1]), Code.ILLEGAL_VALUE),
    ],
)
def test_requests_that_contradict_themselves_are_refused(pdu, code):
    with pytest.raises(Refused) as told:
        parse_request(pdu)
    assert told.value.code is code


@pytest.mark.parametrize(
    "head", [b"\0\1\0\1\0\6\1", b"\0\1\0\0\0\1\1", b"\0\1\0\0\0\0\1", b"\0\1\0\0\1\0\1", b"GET / H"]
)
def test_a_stream_that_is_not_modbus_ends(head):
    with pytest.raises(NotModbus):
        list(Splitter().feed(head))


def test_an_answer_belongs_to_its_request():
    asked = read_request(526, 2)
    assert is_answer_to(asked, b"\x03\x04\0\1\0\2")
    assert is_answer_to(asked, b"\x03\x02\0\1")  # short, as a Quasar gives them at times
    assert register_values(b"\x03\x02\0\1") == (1,)
    assert is_answer_to(asked, exception_response(3, Code.ILLEGAL_ADDRESS))
    assert exception_code(exception_response(3, Code.ILLEGAL_ADDRESS)) == 2
    for wrong in (b"\x04\x04\0\1\0\2", b"\x03\x04\0\1\0", b"\x03\x06\0\1\0\2\0\3", b"\x03", b"\x83", b"\x83\2\2"):
        assert not is_answer_to(asked, wrong)
    assert is_answer_to(write_request(260, 5), write_request(260, 7).pdu)
    assert not is_answer_to(write_request(260, 5), write_request(261, 5).pdu)
    assert not is_answer_to(write_request(260, 5), write_request(260, 5).pdu[:-1])


@pytest.mark.parametrize("value, meaning", [(0, 0), (32767, 32767), (32768, -32768), (65535, -1)])
def test_negative_numbers_are_twos_complement(value, meaning):
    assert as_signed(value) == meaning
    assert write_request(1, meaning).values == (value,)


def junk(rng: random.Random) -> bytes:
    """Frames and what is none: whole, cut short, glued together, and plain noise."""
    pdu = rng.choice(
        (
            struct.pack(">BHH", rng.choice((3, 4, 6, 5, 1)), rng.randrange(65536), rng.randrange(200)),
            write_many(rng.choice((258, 260, 1000)), [rng.randrange(65536) for _ in range(rng.randrange(1, 5))]),
            mask(260, rng.randrange(65536), rng.randrange(65536)),
            read_write(526, rng.randrange(130), 260, [rng.randrange(65536)]),
            rng.randbytes(rng.randrange(1, 30)),
        )
    )
    frame = Frame(rng.randrange(65536), rng.randrange(256), pdu).to_bytes()
    kind = rng.randrange(10)
    if kind == 0:
        return frame[: rng.randrange(len(frame))]
    if kind == 1:
        return rng.randbytes(rng.randrange(1, 20))
    return frame * rng.randrange(1, 4) if kind == 2 else frame


def test_twelve_thousand_frames_of_any_kind_leave_no_trace():
    rng = random.Random(4711)
    pieces = [junk(rng) for _ in range(5000)]
    splitter, whole, refused, ended = Splitter(), 0, 0, 0
    tracemalloc.start()
    try:
        for number in range(12_000):
            if number == 4_000:
                before = tracemalloc.get_traced_memory()[0]
            try:
                for frame in splitter.feed(rng.choice(pieces)):
                    whole += 1
                    try:
                        assert isinstance(parse_request(frame.pdu), Request)
                    except Refused:
                        refused += 1
            except NotModbus:
                ended, splitter = ended + 1, Splitter()
        assert tracemalloc.get_traced_memory()[0] - before < 20_000
    finally:
        tracemalloc.stop()
    assert min(whole, refused, ended) > 1000


def test_noise_on_one_socket_harms_no_other_client():
    async def play():
        async with Home() as home:
            await home.second()
            home.quasar.registers[1000] = 4711
            rng, done = random.Random(1), False

            async def noise() -> None:
                for _ in range(60):
                    wild = await Controller.to(home.port)
                    for _ in range(10):
                        wild.writer.write(junk(rng))
                        await asyncio.sleep(0)
                    if rng.random() < 0.5:
                        wild.writer.transport.abort()
                    else:
                        wild.close()

            async def calm() -> None:
                controller = await home.controller()
                while not done:
                    assert await controller.read(1000) == [4711]
                    await asyncio.sleep(0)

            async def slow() -> None:
                controller = await home.controller()
                for byte in Frame(1, 1, struct.pack(">BHH", 3, 1000, 1)).to_bytes():
                    controller.writer.write(bytes((byte,)))
                    await asyncio.sleep(0.01)
                assert (await controller.answer())[1][-2:] == struct.pack(">H", 4711)

            others = asyncio.gather(calm(), calm())
            await asyncio.gather(noise(), noise(), slow())
            done = True
            await others
            assert len(home.guard.server._clients) <= 16
            assert home.set_w == 0  # nothing is controlled, whatever the noise contained

    running(play())


def test_a_client_that_fetches_no_answers_is_no_burden():
    async def play():
        async with Home() as home:
            await home.second()
            deaf, other = await home.controller(), await home.controller()
            for _ in range(2000):
                deaf.send(struct.pack(">BHH", 3, DRAWN_W, 17))
            assert await other.read(POWER_W) == [0]

    running(play())


def test_a_surplus_client_is_turned_away_until_another_was_silent_for_some_seconds():
    async def play():
        async with Home() as home:
            await home.second()
            clients = [await home.controller() for _ in range(16)]
            for client in clients[1:]:
                await client.read(POWER_W)
            assert await (await home.controller()).reader.read() == b""
            assert tuning.ANSWER_S <= 10
            heard = home.guard.server._heard_s
            for writer in heard:
                heard[writer] -= tuning.ANSWER_S
            latest = await home.controller()
            assert await latest.read(POWER_W) == [0]
            assert await clients[0].reader.read() == b""
            assert await clients[1].read(POWER_W) == [0]

    running(play())


@pytest.mark.parametrize("allowed, welcome", [(("127.0.0.1",), True), (("127.0.0.0/8",), True), (("10.0.0.1",), False)])
def test_only_allowed_clients_are_served(allowed, welcome):
    async def play():
        async with Home(allowed=allowed) as home:
            await home.second()
            client = await home.controller()
            if welcome:
                assert await client.read(POWER_W) == [0]
            else:
                assert await client.reader.read() == b""

    running(play())
