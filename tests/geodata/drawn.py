"""Small extracts drawn in metres, for tests of walking."""

from geodata.osm_sketch import Sheet
from geodata.walking import WalkingGraph, place_on_graph

CENTRE = (120.1, 30.2)


class Drawing:
    """Ways and water in metres about a centre, read back as a walking graph."""

    def __init__(self):
        self.sheet = Sheet(CENTRE)
        self._nodes = {}

    def node(self, at, tags=None):
        if at not in self._nodes:
            self._nodes[at] = self.sheet.node(at)
        if tags:
            self.sheet.tag_node(self._nodes[at], tags)
        return self._nodes[at]

    def way(self, *corners, **tags):
        """Draw a way; those that share a corner meet there."""
        tags = {key.replace("__", ":"): value for key, value in tags.items()}
        self.sheet.way(
            [self.node(corner) for corner in corners], {"highway": "residential", **tags}
        )
        return self

    def water(self, *corners):
        self.sheet.outline(corners, {"natural": "water"})
        return self

    def line(self, *corners, **tags):
        """Draw a line that is no street."""
        self.sheet.way([self.node(corner) for corner in corners], tags)
        return self

    def path(self, folder):
        out = folder / "drawn.osm"
        self.sheet.write(out)
        return out

    def graph(self, folder):
        return WalkingGraph.read(self.path(folder))

    def at(self, *points):
        return [self.sheet.degrees(point) for point in points]

    def places(self, graph, *points, **options):
        return place_on_graph(graph, self.at(*points), **options)
