"""How far it is: streets, times and coordinates. It knows points and seconds, no elders.

The way in:

- `geodata.datum` converts between WGS-84, GCJ-02 and BD-09;
- `geodata.extract` describes and clips OpenStreetMap extracts;
- `geodata.streets` builds a street network of one and asks it: `Streets.snap`, `Streets.route`,
  `Streets.ways_within`;
- `geodata.times` gives cached travel-time matrices: `TravelTimes.matrix`, `TravelTimes.between`;
- `geodata.walking` gives the walks of thousands for coverage;
- `geodata.areas` draws how far one gets;
- `geodata.boundaries` and `geodata.population` read areas and people from files of any kind;
- `geodata.modes` names the ways of travelling and their speeds;
- `geodata.sample` writes an invented city to try all this on.

Places are pairs of longitude and latitude in degrees, WGS-84, in this order.
"""
