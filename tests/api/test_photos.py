"""Photos of a stop: sent by its courier, seen by those who have a task with it and nobody else."""

from datetime import timedelta

import pytest

from mealsvc.vocabulary import Role
from tests.fixtures.web import bearer_of
from tests.mealsvc.delivery.test_photos import photo

DAY = "/api/v1/services/2026-11-21/lunch/delivery"
PHOTOS = "/api/v1/duty/photos"


@pytest.fixture
def courier(town, client_as, clock):
    """The courier ``Z03`` at eleven on the day."""
    clock.now = clock.now.replace(day=21, hour=11)
    return client_as("the.courier", Role.COURIER, courier="Z03")


@pytest.fixture
def send(courier, clock):
    """Return a function that sends a photo of the first stop."""
    stop = courier.get("/api/v1/duty").json()["trips"][0]["stops"][0]

    def sent(data=None, uid="photo-0001", **more):
        form = {
            "day": "2026-11-21", "meal": "lunch", "id": uid, "order": stop["order"],
            "at": clock.now.isoformat(), "sent_at": clock.now.isoformat(),
        }  # fmt: skip
        files = {"photo": ("door.jpg", data if data is not None else photo((640, 480)))}
        return courier.post(PHOTOS, data=form | more, files=files)

    return sent


def names(client):
    return [name for stop in client.get(f"{DAY}/stops").json() for name in stop["photos"]]


def test_a_photo_is_seen_by_the_courier_and_the_canteens_manager(send, courier, client_as):
    assert send().status_code == 201
    assert send().json()["result"] == "known"
    manager = client_as("the.manager", Role.MANAGER, canteens=["ST02"])
    (name,) = names(manager)
    for client, path in ((manager, f"{DAY}/photos/{name}"), (courier, f"{PHOTOS}/{name}")):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
        assert answer.headers["cache-control"] == "no-store"


def test_nobody_else_sees_it(send, client_as):
    send()
    admin = client_as("root.admin", Role.ADMIN)
    (name,) = names(admin)
    stranger = client_as("other.manager", Role.MANAGER, canteens=["ST01"])
    assert stranger.get(f"{DAY}/photos/{name}").status_code == 404
    for role in (Role.OFFICER, Role.PLANNER):
        client = client_as(f"the.{role}", role)
        assert client.get(f"{DAY}/photos/{name}").status_code == 403
        assert names(client) == []
    colleague = client_as("z01", Role.COURIER, courier="Z01")
    assert colleague.get(f"{PHOTOS}/{name}").status_code == 404


def test_what_the_courier_sees_of_it_ends_with_the_duty(send, courier, client_as, clock, town):
    send()
    admin = client_as("root.admin", Role.ADMIN)
    (name,) = names(admin)
    clock.now = clock.now.replace(hour=14)
    courier.headers.update(bearer_of(town, "the.courier"))
    assert courier.get(f"{PHOTOS}/{name}").status_code == 404
    assert send(uid="photo-0002").status_code == 410


def test_no_photo_too_large_a_photo_and_a_strange_stop_are_refused(send, monkeypatch):
    refused = send(b"hello")
    assert (refused.status_code, "no photo" in refused.json()["detail"]) == (422, True)
    assert send(order=987654).status_code == 404
    later = send(at="2026-11-22T11:00:00+08:00")
    assert later.status_code == 422
    large = send(bytes(15_000_001))
    assert "larger than 15 MB" in large.json()["detail"]


def test_a_photo_taken_back_is_seen_no_more(send, courier, client_as, clock):
    send()
    body = {
        "day": "2026-11-21", "meal": "lunch", "sent_at": clock.now.isoformat(),
        "reports": [{"id": "back-00001", "kind": "retracted", "about": "photo-0001",
                     "at": (clock.now - timedelta(minutes=1)).isoformat()}],
    }  # fmt: skip
    assert courier.post("/api/v1/duty/reports", json=body).status_code == 200
    assert names(client_as("root.admin", Role.ADMIN)) == []
