
"use strict";
(function () {
  var key = "wargame.board.blank";
  function kept() { try { return sessionStorage.getItem(key) === "yes"; } catch (fault) { return false; } }
  function blank(wanted) {
    document.documentElement.classList.toggle("blank", wanted);
    try { sessionStorage.setItem(key, wanted ? "yes" : "no"); } catch (fault) { /* it is blank until the page is read anew */ }
  }
  blank(kept());
  document.addEventListener("keydown", function (event) {
    if ((event.key === "b" || event.key === "B") && !event.ctrlKey && !event.metaKey && !event.altKey) {
      blank(!document.documentElement.classList.contains("blank"));
    }
  });
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function tick() {
    var clock = document.getElementById("clock");
    if (clock && clock.dataset.ends) {
      var left = Math.round((Date.parse(clock.dataset.ends) - Date.now()) / 1000), off = Math.abs(left);
      var hours = Math.floor(off / 3600), minutes = Math.floor(off / 60) % 60;
      var shown = (hours ? hours + ":" + two(minutes) : minutes) + ":" + two(off % 60);
      clock.querySelector("b").textContent = (left < 0 ? "+" : "") + shown;
      clock.querySelector("small").textContent = left > 0 ? "left" : "time is up";
      clock.dataset.over = left > 0 ? "" : "yes";
    }
    var written = new Date(document.body.dataset.written), heard = document.getElementById("heard");
    if (heard && !heard.textContent && Date.now() - written > 20000) {
      heard.textContent = "last heard " + two(written.getHours()) + ":" + two(written.getMinutes());
    }
  }
  tick();
  setInterval(tick, 250);
  setTimeout(function () { location.reload(); }, 2000);
})();
