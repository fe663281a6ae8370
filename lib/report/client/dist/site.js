"use strict";
(() => {
  var n;
  var t;
  var r;
  var u;
  var i;
  var f;
  var o;
  var e;
  var l;
  var c;
  var a;
  var s;
  var h = Symbol.for("pv");
  var p = {};
  var y = [];
  var v = /^m(i|n|o|s|text|space)$/;
  var w = Array.isArray;
  var d = y.slice;
  var _ = Object.assign;
  function g(n2) {
    n2 && n2.parentNode && n2.remove();
  }
  function m(r3, u4, i3, f4, o4) {
    var e3 = {
      type: r3,
      props: u4,
      key: i3,
      ref: f4,
      __k: null,
      __: null,
      __b: 0,
      __e: null,
      __c: null,
      constructor: h,
      __v: o4 || ++t,
      __i: -1,
      __u: 0
    };
    return !o4 && n.vnode && n.vnode(e3), e3;
  }
  function $(n2) {
    return n2.children;
  }
  function x(n2, t3) {
    this.props = n2, this.context = t3, this.__g = 0;
  }
  function S(n2, t3) {
    if (null == t3) return n2.__ && S(n2.__, n2.__i + 1);
    for (var r3; t3 < n2.__k.length; t3++) if ((r3 = n2.__k[t3]) && r3.__e) return r3.__e;
    return "function" != typeof n2.type || n2.props.__P ? null : S(n2);
  }
  function C(t3) {
    var r3, u4 = t3.__v, i3 = u4.__e, f4 = [], o4 = [], e3 = t3.__P;
    e3 && ((r3 = _({
      constructor: h
    }, u4)).__v = u4.__v + 1, n.vnode && n.vnode(r3), z(e3, r3, u4, t3.__n, e3.namespaceURI, 32 & u4.__u ? [
      i3
    ] : null, f4, i3 || S(u4), 32 & u4.__u, o4), r3.__v = u4.__v, r3.__.__k[r3.__i] = r3, E(f4, r3, o4), u4.__ = u4.__e = null, r3.__e != i3 && j(r3));
  }
  function j(n2) {
    if ((n2 = n2.__) && n2.__c && !n2.props.__P) return n2.__e = null, n2.__k.some(function(t3) {
      return t3 && (n2.__e = t3.__e);
    }), j(n2);
  }
  function L(t3) {
    (8 & t3.__g || (t3.__g |= 8, u.push(t3), f++)) && i == n.debounceRendering || ((i = n.debounceRendering) || queueMicrotask)(H);
  }
  function H() {
    try {
      for (var n2, t3 = 1; u.length; ) u.length > t3 && u.sort(o), n2 = u.shift(), t3 = u.length, 8 & n2.__g && C(n2);
    } finally {
      (f = u.length) && (i || queueMicrotask)(H);
    }
  }
  function I(n2, t3, r3, u4, i3, f4, o4, e3, l3, c3, a4) {
    var s3, h3, v3, w3, d3, _3, g3 = u4.__k || y, k2 = t3.length;
    for (l3 = q(r3, t3, g3, l3, k2), s3 = 0; s3 < k2; s3++) null != (v3 = r3.__k[s3]) && (h3 = ~v3.__i && g3[v3.__i] || p, v3.__i = s3, _3 = z(n2, v3, h3, i3, f4, o4, e3, l3, c3, a4), w3 = v3.__e, (h3.ref != v3.ref || 8 & h3.__u) && (h3.ref && G(h3.ref, null, v3, h3), v3.ref && a4.push(v3.ref, v3.__c || w3, v3)), d3 = d3 || w3, 4 & v3.__u ? (l3 = A(v3, l3, n2, !h3.__v), h3.__e && (h3.__e = null)) : "function" == typeof v3.type && void 0 !== _3 ? l3 = _3 : w3 && (l3 = w3.nextSibling), v3.__u &= -21);
    return r3.__e = d3, l3;
  }
  function q(n2, t3, r3, u4, i3) {
    var f4, o4, e3, l3, c3, a4, s3, p3, y3, v3 = r3.length, d3 = v3, _3 = 0, g3 = 0, k2 = n2.__k = Array(i3);
    for (f4 = 0; f4 < i3; f4++) null != (o4 = t3[f4]) && "boolean" != typeof o4 && "function" != typeof o4 ? ("object" != typeof o4 || o4.constructor === String ? o4 = k2[f4] = m(null, o4) : w(o4) ? o4 = k2[f4] = m($, {
      children: o4
    }) : o4.constructor === h && o4.__b ? o4 = k2[f4] = m(o4.type, o4.props, o4.key, o4.ref, o4.__v) : k2[f4] = o4, l3 = f4 + _3, o4.__ = n2, o4.__b = n2.__b + 1, e3 = null, ~(c3 = o4.__i = P(o4, r3, l3, d3)) && (d3--, (e3 = r3[c3]) && (e3.__u |= 2)), e3 && e3.__v ? (o4.__u |= 16, c3 == l3 - 1 ? _3-- : c3 == l3 + 1 ? _3++ : c3 != l3 && (c3 > l3 ? _3-- : _3++, g3 = 1)) : (~c3 || (i3 > v3 ? _3-- : i3 < v3 && _3++), "function" != typeof o4.type && (o4.__u |= 4))) : k2[f4] = null;
    if (g3) {
      for (a4 = [], s3 = [], f4 = 0; f4 < i3; f4++) if ((o4 = k2[f4]) && 16 & o4.__u) {
        for (_3 = 0, p3 = a4.length; _3 < p3; ) a4[y3 = _3 + p3 >> 1] < o4.__i ? _3 = y3 + 1 : p3 = y3;
        a4[_3] = o4.__i, s3[f4] = _3 + 1;
      }
      for (_3 = a4.length; f4--; ) s3[f4] && (s3[f4] == _3 ? _3-- : k2[f4].__u |= 4);
    }
    if (d3) for (f4 = 0; f4 < v3; f4++) !(e3 = r3[f4]) || 2 & e3.__u || (e3.__e == u4 && (u4 = S(e3)), J(e3, e3));
    return u4;
  }
  function A(n2, t3, r3, u4) {
    var i3, f4, o4, e3;
    if ("function" == typeof n2.type) {
      if (n2.props.__P) return t3;
      if (i3 = n2.__k) for (f4 = 0; f4 < i3.length; f4++) i3[f4] && (i3[f4].__ = n2, t3 = A(i3[f4], t3, r3, false));
      return t3;
    }
    for (t3 && !t3.parentNode && (t3 = S(n2)) && !t3.parentNode && (t3 = null), o4 = n2.__e, e3 = t3; e3 && 8 == e3.nodeType; ) e3 = e3.nextSibling;
    for (o4 != e3 && (!u4 && r3.moveBefore && o4.parentNode ? r3.moveBefore(o4, t3) : r3.insertBefore(o4, t3 || null)), t3 = o4; (t3 = t3 && t3.nextSibling) && 8 == t3.nodeType && !t3.data.startsWith("$s"); ) ;
    return t3;
  }
  function P(n2, t3, r3, u4) {
    var i3, f4 = n2.key, o4 = n2.type, e3 = t3[r3], l3 = e3 && !(2 & e3.__u);
    if (null === e3 && null == f4 || l3 && f4 == e3.key && o4 == e3.type) return r3;
    if (u4 > (l3 ? 1 : 0)) {
      for (i3 = r3 - 1; i3 >= 0; i3--) if ((e3 = t3[i3]) && !(2 & e3.__u) && f4 == e3.key && o4 == e3.type) return i3;
      for (i3 = r3 + 1; i3 < t3.length; i3++) if ((e3 = t3[i3]) && !(2 & e3.__u) && f4 == e3.key && o4 == e3.type) return i3;
    }
    return -1;
  }
  function T(n2, t3, r3) {
    null == r3 && (r3 = ""), "-" == t3[0] ? n2.setProperty(t3, r3) : n2[t3] = r3;
  }
  function N(n2, t3, r3, u4, i3) {
    var f4, o4;
    if ("style" == t3) if ("string" == typeof r3) n2.style.cssText = r3;
    else {
      if ("string" == typeof u4 && (n2.style.cssText = u4 = ""), u4) for (t3 in u4) r3 && t3 in r3 || T(n2.style, t3);
      if (r3) for (t3 in r3) u4 && r3[t3] == u4[t3] || T(n2.style, t3, r3[t3]);
    }
    else if ("o" == t3[0] && "n" == t3[1]) "function" != typeof r3 && (r3 = null), "function" != typeof u4 && (u4 = null), (n2.__e || (n2.__e = {}))[t3] = r3, r3 && u4 || (o4 = a[t3] || (a[t3] = V(t3)), (n2.__a || (n2.__a = {}))[t3] = c, f4 = t3 != (t3 = t3.replace(l, "$1")), (t3 = t3.slice(2))[0] < "a" && (t3 = t3.toLowerCase()), r3 ? n2.addEventListener(t3, o4, f4) : n2.removeEventListener(t3, o4, f4));
    else {
      if ("http://www.w3.org/2000/svg" == i3) t3 = t3.replace(/xlink(H|:h)/, "h").replace(/sName$/, "s");
      else if ("width" != t3 && "height" != t3 && "href" != t3 && "list" != t3 && "form" != t3 && "tabIndex" != t3 && "download" != t3 && "rowSpan" != t3 && "colSpan" != t3 && "role" != t3 && "popover" != t3 && t3 in n2) try {
        return void (n2[t3] = null == r3 ? "" : r3);
      } catch (n3) {
      }
      if ("function" == typeof r3) return;
      null == r3 || false === r3 && "-" != t3[4] ? n2.removeAttribute(t3) : n2.setAttribute(t3, "popover" == t3 && 1 == r3 ? "" : r3);
    }
  }
  function V(t3) {
    return function(r3) {
      var u4 = this.__e;
      if (u4) {
        if (u4 = u4[t3], null == r3[e]) r3[e] = c++;
        else if (r3[e] < this.__a[t3]) return;
        return u4(n.event ? n.event(r3) : r3);
      }
    };
  }
  function z(t3, r3, u4, i3, f4, o4, e3, l3, c3, a4) {
    var s3, p3, v3, d3, k2, b, m3, M, C3, j2, L2, H2, q2, A3, O, P2, T3, N2, V2 = r3.type;
    if (r3.constructor !== h) return null;
    128 & u4.__u && (c3 = 32 & u4.__u, s3 = u4.__c.__z) && (r3.__u |= c3, p3 = o4 = [], 8 == s3.nodeType ? l3 = B(s3, o4) : o4.push(s3), l3 = o4[0] || l3), (s3 = n.__b) && s3(r3);
    n: if ("function" == typeof V2) {
      v3 = e3.length;
      try {
        if (M = r3.props, C3 = (s3 = V2.prototype) && s3.render, j2 = (s3 = V2.contextType) && i3[s3.__c], L2 = s3 ? j2 ? j2.props.value : s3.__ : i3, (d3 = u4.__c) ? (r3.__c = d3, 2 & d3.__g && (d3.__g |= 1)) : (C3 ? r3.__c = d3 = new V2(M, L2) : (r3.__c = d3 = new x(M, L2), d3.constructor = V2, d3.render = K), j2 && j2.sub(d3), d3.state || (d3.state = {}), d3.__n = i3, d3.__g |= 8, d3.__h = [], d3.__k = []), C3 && (d3.__s || (d3.__s = d3.state), V2.getDerivedStateFromProps && (d3.__s == d3.state && (d3.__s = _({}, d3.__s)), _(d3.__s, V2.getDerivedStateFromProps(M, d3.__s)))), k2 = d3.props, b = d3.state, d3.__v = r3, u4.__c) {
          if (M !== k2 && C3 && !V2.getDerivedStateFromProps && d3.componentWillReceiveProps && d3.componentWillReceiveProps(M, L2), r3.__v == u4.__v && !(8 & d3.__g) || !(4 & d3.__g) && d3.shouldComponentUpdate && false === d3.shouldComponentUpdate(M, d3.__s, L2)) {
            r3.__v != u4.__v && (d3.props = M, d3.state = d3.__s, d3.__g &= -9), r3.__e = u4.__e, r3.__k = u4.__k, r3.__k.some(function(n2) {
              n2 && (n2.__ = r3);
            }), y.push.apply(d3.__h, d3.__k), d3.__k = [], d3.__h.length && e3.push(d3), l3 = S(u4);
            break n;
          }
          d3.componentWillUpdate && d3.componentWillUpdate(M, d3.__s, L2), C3 && d3.componentDidUpdate && d3.__h.push(function() {
            d3.componentDidUpdate(k2, b, m3);
          });
        } else C3 && !V2.getDerivedStateFromProps && d3.componentWillMount && d3.componentWillMount(), C3 && d3.componentDidMount && d3.__h.push(d3.componentDidMount);
        d3.context = L2, d3.props = M, d3.__P = t3, d3.__g &= -5, H2 = n.__r, q2 = C3 ? 25 : 0;
        do {
          d3.__g &= -9, H2 && H2(r3), s3 = d3.render(d3.props, d3.state = d3.__s, d3.context);
        } while (8 & d3.__g && ++q2 < 25);
        C3 && (y.push.apply(d3.__h, d3.__k), d3.__k = []), d3.state = d3.__s, d3.getChildContext && (i3 = _({}, i3, d3.getChildContext())), C3 && u4.__c && d3.getSnapshotBeforeUpdate && (m3 = d3.getSnapshotBeforeUpdate(k2, b)), A3 = s3 && s3.type === $ && null == s3.key ? s3.props.children : s3, M.__P && (s3 = l3, f4 = (t3 = M.__P).namespaceURI, c3 = o4 = null, u4.props && u4.props.__P != t3 && (u4.__k.some(function(n2) {
          n2 && J(n2, n2);
        }), u4.__k = null), l3 = u4.__k ? S(u4, 0) : null), l3 = I(t3, w(A3) ? A3 : [
          A3
        ], r3, u4, i3, f4, o4, e3, l3, c3, a4), M.__P && (r3.__e = null, l3 = s3), r3.__u &= -161, p3 && p3.some(g), d3.__h.length && e3.push(d3), 1 & d3.__g && (d3.__g &= -4);
      } catch (t4) {
        if (e3.length = v3, r3.__v = null, c3 || o4) if (t4 && t4.then) {
          if (r3.__u |= 128 | c3, o4) {
            for (~(T3 = o4.indexOf(l3 || void 0)) || (T3 = o4.length); (N2 = o4[T3 - 1]) && 8 == N2.nodeType; ) T3--;
            for (; T3 < o4.length; T3++) if (N2 = o4[T3]) if (o4[T3] = null, O) {
              if (N2 == P2) break;
            } else {
              if (8 != N2.nodeType) break;
              N2.data.startsWith("$s") && (P2 = B(O = N2));
            }
          }
          if (!O) {
            for (; l3 && 8 == l3.nodeType && l3.nextSibling; ) l3 = l3.nextSibling;
            O = l3;
          }
          (s3 = B(O = r3.__c.__z || (r3.__c.__z = O))) ? (r3.__e = O, l3 = s3) : r3.__e = l3, l3 = l3 && l3.nextSibling;
        } else o4 && o4.some(g);
        else r3.__e = u4.__e;
        r3.__k || (r3.__k = u4.__k || []), t4 && t4.then || D(r3), n.__e(t4, r3, u4);
      }
    } else l3 = r3.__e = F(u4.__e, r3, u4, i3, f4, o4, e3, c3, a4, t3);
    return (s3 = n.diffed) && s3(r3), l3;
  }
  function B(n2, t3) {
    if (n2 && 8 == n2.nodeType && n2.data.startsWith("$s")) for (var r3 = 1; n2 = n2.nextSibling; ) {
      if (8 == n2.nodeType) {
        if (n2.data.startsWith("$s")) r3++;
        else if (n2.data.startsWith("/$s") && !--r3) return n2;
      }
      t3 && t3.push(n2);
    }
  }
  function D(n2) {
    n2 && (n2.__c && (n2.__c.__g |= 4), n2.__k && n2.__k.some(D));
  }
  function E(t3, r3, u4) {
    for (var i3 = 0; i3 < u4.length; ) G(u4[i3++], u4[i3++], u4[i3++]);
    n.__c && n.__c(r3, t3), t3.some(function(r4) {
      try {
        t3 = r4.__h, r4.__h = [], t3.some(function(n2) {
          n2.call(r4);
        });
      } catch (t4) {
        n.__e(t4, r4.__v);
      }
    });
  }
  function F(t3, r3, u4, i3, f4, o4, e3, l3, c3, a4) {
    var s3, h3, y3, _3, k2, b, m3, M, $2 = u4.props || p, x2 = r3.props, C3 = r3.type;
    if ("svg" == C3 ? f4 = "http://www.w3.org/2000/svg" : "math" == C3 ? f4 = "http://www.w3.org/1998/Math/MathML" : f4 || (f4 = "http://www.w3.org/1999/xhtml"), o4) {
      for (s3 = 0; s3 < o4.length; s3++) if ((k2 = o4[s3]) && (C3 ? k2.localName == C3 : 3 == k2.nodeType)) {
        t3 = k2, o4[s3] = null;
        break;
      }
    }
    if (!t3) {
      if (M = a4.ownerDocument || document, !C3) return M.createTextNode(x2);
      t3 = M.createElementNS(f4, C3, x2.is ? x2 : a4), l3 && (n.__m && n.__m(r3, o4), l3 = false), o4 = null;
    }
    if (C3) {
      if (a4 = "template" == C3 && t3.content || t3, o4 = "textarea" == C3 && null != x2.defaultValue ? null : o4 && d.call(a4.childNodes), !l3 && o4) for ($2 = {}, s3 = 0; s3 < t3.attributes.length; s3++) $2[(k2 = t3.attributes[s3]).name] = k2.value;
      for (s3 in $2) k2 = $2[s3], "dangerouslySetInnerHTML" == s3 ? y3 = k2 : "children" == s3 || s3 in x2 || "value" == s3 && "defaultValue" in x2 || "checked" == s3 && "defaultChecked" in x2 || N(t3, s3, null, k2, f4);
      for (s3 in x2) k2 = x2[s3], "children" == s3 ? _3 = k2 : "dangerouslySetInnerHTML" == s3 ? h3 = k2 : "value" == s3 ? b = k2 : "checked" == s3 ? m3 = k2 : l3 && "function" != typeof k2 || $2[s3] === k2 || N(t3, s3, k2, $2[s3], f4);
      h3 ? (l3 || y3 && (h3.__html == y3.__html || h3.__html == t3.innerHTML) || (t3.innerHTML = h3.__html), r3.__k = []) : (y3 && (t3.textContent = ""), ("foreignObject" == C3 || "http://www.w3.org/1998/Math/MathML" == f4 && v.test(C3)) && (f4 = "http://www.w3.org/1999/xhtml"), I(a4, w(_3) ? _3 : [
        _3
      ], r3, u4, i3, f4, o4, e3, o4 ? o4[0] : u4.__k && S(u4, 0), l3, c3), o4 && o4.some(g)), l3 && "textarea" != C3 || (s3 = "value", "progress" == C3 && null == b ? t3.removeAttribute(s3) : null == b || b === t3[s3] && ("progress" != C3 || b) || N(t3, s3, b, $2[s3], f4), s3 = "checked", null != m3 && m3 != t3[s3] && N(t3, s3, m3, $2[s3], f4));
    } else $2 === x2 || l3 && t3.data == x2 || (t3.data = x2);
    return t3;
  }
  function G(t3, r3, u4, i3) {
    try {
      "function" == typeof t3 ? r3 ? r3.__x = t3(r3) || 1 : i3 && (i3 = i3.__c || i3.__e) && (r3 = i3.__x) && (i3.__x = null, "function" == typeof r3 ? r3() : t3(null)) : t3.current = r3;
    } catch (t4) {
      n.__e(t4, u4);
    }
  }
  function J(t3, r3, u4) {
    var i3, f4, o4, e3;
    if (n.unmount && n.unmount(t3), !(i3 = t3.ref) || i3.current && i3.current != t3.__e || G(i3, null, r3, t3), i3 = t3.__c) {
      if (i3.componentWillUnmount) try {
        i3.componentWillUnmount();
      } catch (t4) {
        n.__e(t4, r3);
      }
      i3.__P = i3.__n = null;
    }
    if (i3 = t3.__k) for (e3 = 0; e3 < i3.length; e3++) i3[e3] && J(i3[e3], r3, "function" != typeof t3.type || u4 && !t3.props.__P);
    !u4 && (i3 = t3.__c) && (i3 = i3.__z) && (f4 = B(i3, o4 = [])) && (i3 == t3.__e && o4.some(g), g(f4), g(i3)), u4 || g(t3.__e), t3.__e = t3.__c = t3.__ = null;
  }
  function K(n2, t3, r3) {
    return this.constructor(n2, r3);
  }
  function Q(t3, r3) {
    var u4, i3, f4, o4;
    n.__ && n.__(t3, r3), 9 == r3.nodeType && (r3 = r3.documentElement), i3 = (u4 = t3 && 32 & t3.__u) ? null : r3.__k, r3.__k = m($, {
      children: [
        t3
      ]
    }), f4 = [], o4 = [], z(r3, r3.__k, i3 || p, p, r3.namespaceURI, i3 ? null : r3.firstChild ? d.call(r3.childNodes) : null, f4, i3 ? i3.__e : r3.firstChild, u4, o4), E(f4, r3.__k, o4), r3.__k.props.children = null;
  }
  n = {
    __e: function(n2, t3, r3, u4) {
      for (var i3, o4, e3; t3 = t3.__; ) if ((i3 = t3.__c) && !(1 & i3.__g)) {
        i3.__g |= 4;
        try {
          if ((e3 = (o4 = i3.constructor) && o4.getDerivedStateFromError) && i3.setState(o4.getDerivedStateFromError(n2)), i3.componentDidCatch && (i3.componentDidCatch(n2, u4 || {}), e3 = 1), e3 && 8 & i3.__g) return void (i3.__g |= 2);
        } catch (t4) {
          n2 = t4;
        }
      }
      throw f = 0, n2;
    }
  }, t = 0, r = function(n2) {
    return null != n2 && n2.constructor === h;
  }, x.prototype.setState = function(n2, t3) {
    var r3 = this.__s;
    r3 && r3 != this.state || (r3 = this.__s = _({}, this.state)), "function" == typeof n2 && (n2 = n2(_({}, r3), this.props)), n2 && (_(r3, n2), this.__v && (t3 && this.__k.push(t3), L(this)));
  }, x.prototype.forceUpdate = function(n2) {
    this.__v && (this.__g |= 4, n2 && this.__h.push(n2), L(this));
  }, x.prototype.render = $, u = [], f = 0, o = function(n2, t3) {
    return n2.__v.__b - t3.__v.__b;
  }, e = Symbol(), l = /(PointerCapture)$|Capture$/i, c = 0, a = {}, s = 0;

  var f2 = Symbol.for("pv");
  var o2 = 0;
  var u2 = Array.isArray;
  function a2(t3, e3, n2, u4, a4, i3) {
    e3 || (e3 = {});
    var c3, l3, p3 = e3;
    if ("ref" in p3 && "function" != typeof t3) for (l3 in p3 = {}, e3) "ref" == l3 ? c3 = e3[l3] : p3[l3] = e3[l3];
    var s3 = {
      type: t3,
      props: p3,
      key: n2,
      ref: c3,
      __k: null,
      __: null,
      __b: 0,
      __e: null,
      __c: null,
      constructor: f2,
      __v: --o2,
      __i: -1,
      __u: 0
    };
    return (a4 || i3) && (s3.__source = a4, s3.__self = i3), n.vnode && n.vnode(s3), s3;
  }

  var ONE = [
    "wrong",
    "right"
  ];
  var TWO = [
    "both",
    "first",
    "second",
    "neither"
  ];
  var TEXTS = [
    "with",
    "item",
    "lang",
    "kind",
    "mistake"
  ];
  var SEEDS = {
    seed: "seed",
    withSeed: "with_seed"
  };
  var FIELDS = [
    "cell",
    ...TEXTS,
    ...Object.values(SEEDS),
    "only"
  ];
  function readAddress(hash) {
    const fields = new URLSearchParams(hash.replace(/^#/, ""));
    const cell = fields.get("cell");
    if (cell === null) return null;
    const only = [
      ...ONE,
      ...TWO
    ].find((one) => one === fields.get("only"));
    const seedOf = (name) => /^\d{1,9}$/.test(fields.get(name) ?? "") ? Number(fields.get(name)) : void 0;
    const unread = [
      ...fields
    ].filter(([name]) => !FIELDS.includes(name) || name === "only" && only === void 0 || name.endsWith("seed") && seedOf(name) === void 0);
    return {
      cell,
      ...Object.fromEntries(TEXTS.map((name) => [
        name,
        fields.get(name) || void 0
      ])),
      seed: seedOf(SEEDS.seed),
      withSeed: seedOf(SEEDS.withSeed),
      only,
      unread: unread.length > 0 ? unread.map(([name, value]) => `${name}=${value}`) : void 0
    };
  }
  function hrefOf(address) {
    const { cell, seed, withSeed, only } = address;
    const fields = new URLSearchParams({
      cell
    });
    const rest = {
      ...Object.fromEntries(TEXTS.map((name) => [
        name,
        address[name]
      ])),
      [SEEDS.seed]: seed?.toString(),
      [SEEDS.withSeed]: withSeed?.toString(),
      only
    };
    for (const [name, value] of Object.entries(rest)) if (value) fields.set(name, value);
    return `#${fields}`;
  }
  function partNamed(hash) {
    const text2 = hash.slice(1);
    try {
      return decodeURIComponent(text2);
    } catch {
      return text2;
    }
  }

  function watchFolds() {
    addEventListener("hashchange", unfoldNamed);
    document.addEventListener("click", ({ target }) => {
      const link = target instanceof Element ? target.closest('a[href^="#"]') : null;
      if (link && link.hash === location.hash) unfoldNamed();
    });
    for (const fold of folds()) fold.addEventListener("toggle", fitFigures);
    unfoldNamed();
    offerAll();
    addEventListener("beforeprint", fitFigures);
    markCurrent();
  }
  function folds() {
    return [
      ...document.querySelectorAll("details.fold")
    ];
  }
  function unfoldAround(element) {
    let wasFolded = false;
    for (let fold = element?.closest("details"); fold; fold = fold.parentElement?.closest("details")) {
      wasFolded ||= !fold.open;
      fold.open = true;
    }
    return wasFolded;
  }
  function unfoldNamed() {
    const named = document.getElementById(partNamed(location.hash));
    if (!named) return;
    const own = named.querySelector(":scope > details.fold");
    if (unfoldAround(own ?? named)) named.scrollIntoView();
  }
  function fitFigures() {
    dispatchEvent(new Event("resize"));
  }
  function offerAll() {
    const button = document.querySelector("[data-fold-all]");
    if (!button) return;
    const areOpen = () => folds().every(({ open }) => open);
    const name = () => button.textContent = areOpen() ? "Fold all" : "Unfold all";
    button.addEventListener("click", () => {
      const open = !areOpen();
      for (const fold of folds()) fold.open = open;
    });
    for (const fold of folds()) fold.addEventListener("toggle", name);
    name();
  }
  function markCurrent() {
    const links = new Map([
      ...document.querySelectorAll(".contents.side a")
    ].map((link) => [
      document.getElementById(partNamed(link.hash)),
      link
    ]));
    const onScreen = /* @__PURE__ */ new Set();
    const observer = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) {
        if (isIntersecting) onScreen.add(target);
        else onScreen.delete(target);
      }
      const current = [
        ...links.keys()
      ].find((part) => part !== null && onScreen.has(part));
      for (const [part, link] of links) {
        if (part === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }, {
      rootMargin: "-72px 0px -40% 0px"
    });
    for (const part of links.keys()) if (part) observer.observe(part);
  }

  function linkCells() {
    for (const cell of document.querySelectorAll("[data-cell]")) {
      const link = document.createElement("a");
      link.className = cell.className;
      link.title = cell.title;
      link.dataset.cell = cell.dataset.cell;
      link.href = hrefOf({
        cell: cell.dataset.cell
      });
      link.setAttribute("aria-haspopup", "dialog");
      link.append(...cell.childNodes);
      link.addEventListener("click", () => pressed = link);
      cell.replaceWith(link);
    }
    for (const table of document.querySelectorAll("table:has([data-cell])")) roam(table);
  }
  var pressed;
  function focusCell(key) {
    const link = [
      ...pressed ? [
        pressed
      ] : [],
      ...document.querySelectorAll("[data-cell]")
    ].find((a4) => a4.dataset.cell === key);
    unfoldAround(link);
    link?.focus();
  }
  function roam(table) {
    const grid2 = [
      ...table.rows
    ].map((row) => [
      ...row.querySelectorAll("td")
    ].map((td) => td.querySelector("[data-cell]"))).filter((row) => row.some((cell) => cell));
    const cells = grid2.flat().filter((cell) => cell !== null);
    const stopAt = (stop) => cells.forEach((cell) => cell.tabIndex = cell === stop ? 0 : -1);
    stopAt(cells[0]);
    table.addEventListener("focusin", ({ target }) => {
      if (!cells.includes(target)) return;
      stopAt(target);
      if (target.matches(":focus-visible")) uncover(table, target);
    });
    table.addEventListener("keydown", (event) => {
      if (event.altKey || event.metaKey || event.shiftKey) return;
      const y3 = grid2.findIndex((row) => row.includes(event.target));
      if (y3 < 0) return;
      const x2 = grid2[y3].indexOf(event.target);
      const line = pathOf(event, grid2, x2, y3);
      if (!line) return;
      event.preventDefault();
      line.find((cell) => cell)?.focus();
    });
  }
  function uncover(table, cell) {
    const names2 = table.querySelector("thead th");
    table.parentElement.style.scrollPaddingInline = `${names2.offsetWidth + 8}px 8px`;
    cell.scrollIntoView({
      block: "nearest",
      inline: "nearest"
    });
  }
  function pathOf({ key, ctrlKey }, grid2, x2, y3) {
    const column = grid2.map((row) => row[x2]);
    switch (`${ctrlKey ? "Ctrl+" : ""}${key}`) {
      case "ArrowRight":
        return grid2[y3].slice(x2 + 1);
      case "ArrowLeft":
        return grid2[y3].slice(0, x2).reverse();
      case "ArrowDown":
        return column.slice(y3 + 1);
      case "ArrowUp":
        return column.slice(0, y3).reverse();
      case "Home":
        return grid2[y3];
      case "End":
        return grid2[y3].toReversed();
      case "Ctrl+Home":
        return grid2.flat();
      case "Ctrl+End":
        return grid2.flat().reverse();
      default:
        return null;
    }
  }

  var t2;
  var r2;
  var u3;
  var i2;
  var o3 = Object.is;
  var f3 = 0;
  var c2 = [];
  var e2 = [];
  var a3 = n;
  var v2 = a3.__b;
  var l2 = a3.__r;
  var m2 = a3.diffed;
  var h2 = a3.__c;
  var s2 = a3.unmount;
  var p2 = a3.__;
  function y2(n2, t3) {
    a3.__h && a3.__h(r2, n2, f3 || t3), f3 = 0;
    var u4 = r2.__H || (r2.__H = {
      __: [],
      __h: []
    });
    return n2 >= u4.__.length && u4.__.push({}), u4.__[n2];
  }
  function d2(n2) {
    return f3 = 1, _2(G2, n2);
  }
  function _2(n2, u4, i3) {
    var f4 = y2(t2++, 2);
    if (f4.t = n2, !f4.__c && (f4.__ = [
      i3 ? i3(u4) : G2(void 0, u4),
      function(n3) {
        var t3 = (f4.__N || f4.__)[0], r3 = f4.t(t3, n3);
        o3(t3, r3) || (f4.__N = [
          r3,
          f4.__[1]
        ], f4.__c.setState({}));
      }
    ], f4.__c = r2, !r2.__f)) {
      r2.__f = true;
      var c3 = r2.shouldComponentUpdate;
      r2.shouldComponentUpdate = function(n3, t3, r3) {
        var u5 = this.__H;
        if (!u5) return true;
        var i4 = false, f5 = this.props != n3;
        if (u5.__.some(function(n4) {
          n4.__N && (i4 = true, o3(n4.__[0], n4.__N[0]) || (f5 = true));
        }), c3) {
          var e3 = c3.call(this, n3, t3, r3);
          return i4 ? e3 || f5 : e3;
        }
        return !i4 || f5;
      };
    }
    return f4.__;
  }
  function A2(n2, u4) {
    var i3 = y2(t2++, 3);
    !a3.__s && E2(i3.__H, u4) && (i3.__P = true, i3.__ = n2, i3.u = u4, r2.__H.__h.push(i3));
  }
  function F2(n2, u4) {
    var i3 = y2(t2++, 4);
    !a3.__s && E2(i3.__H, u4) && (i3.__P = false, i3.__ = n2, i3.u = u4, r2.__h.push(i3));
  }
  function T2(n2) {
    return f3 = 5, w2(function() {
      return {
        current: n2
      };
    }, []);
  }
  function w2(n2, r3) {
    var u4 = y2(t2++, 7);
    return E2(u4.__H, r3) && (u4.__ = n2(), u4.__H = r3), u4.__;
  }
  function g2() {
    var n2;
    do {
      for (; n2 = e2.shift(); ) try {
        C2(n2);
      } catch (t4) {
        a3.__e(t4, {
          __: (n2 = n2.__P) && n2.__v
        });
      }
      for (; n2 = c2.shift(); ) {
        var t3 = n2.__H;
        if (n2.__P && t3) try {
          t3.__h.some(C2), t3.__h.some(D2), t3.__h = [];
        } catch (r3) {
          t3.__h = [], a3.__e(r3, n2.__v);
        }
      }
    } while (e2.length);
  }
  a3.__b = function(n2) {
    r2 = null, v2 && v2(n2);
  }, a3.__ = function(n2, t3) {
    n2 && t3.__k && t3.__k.__m && (n2.__m = t3.__k.__m), p2 && p2(n2, t3);
  }, a3.__r = function(n2) {
    l2 && l2(n2), t2 = 0;
    var i3 = (r2 = n2.__c).__H;
    i3 && (u3 == r2 ? r2.__h = [] : (i3.__h.some(C2), i3.__h.some(D2), t2 = 0), i3.__h = [], i3.__.some(function(n3) {
      n3.__N && (n3.__ = n3.__N), n3.u = n3.__N = void 0;
    })), u3 = r2;
  }, a3.diffed = function(n2) {
    m2 && m2(n2);
    var t3 = n2.__c;
    t3 && t3.__H && (t3.__H.__h.length && B2(c2.push(t3)), t3.__H.__.some(function(n3) {
      n3.u && (n3.__H = n3.u);
    })), u3 = r2 = null;
  }, a3.__c = function(n2, t3) {
    t3.some(function(n3) {
      try {
        n3.__h.some(C2), n3.__h = n3.__h.filter(function(n4) {
          return !n4.__ || D2(n4);
        });
      } catch (t4) {
        n3.__h = [
          function() {
            throw t4;
          }
        ];
      }
    }), h2 && h2(n2, t3);
  }, a3.unmount = function(n2) {
    s2 && s2(n2);
    var t3, r3, u4 = n2.__c;
    u4 && u4.__H && (u4.__H.__.some(function(u5) {
      try {
        if (u5.__P && u5.__c) {
          if (void 0 === r3) {
            for (r3 = n2.__; r3 && (!r3.__c || !r3.__c.__P); ) r3 = r3.__;
            r3 = r3 && r3.__c;
          }
          u5.__P = r3, B2(e2.push(u5));
        } else C2(u5);
      } catch (n3) {
        t3 = n3;
      }
    }), u4.__H = void 0, t3 && a3.__e(t3, u4.__v));
  };
  var k = "function" == typeof requestAnimationFrame;
  function z2(n2) {
    var t3, r3 = function() {
      clearTimeout(u4), k && cancelAnimationFrame(t3), setTimeout(n2);
    }, u4 = setTimeout(r3, 35);
    k && (t3 = requestAnimationFrame(r3));
  }
  function B2(n2) {
    1 != n2 && i2 == a3.requestAnimationFrame || ((i2 = a3.requestAnimationFrame) || z2)(g2);
  }
  function C2(n2) {
    var t3 = r2, u4 = n2.__c;
    "function" == typeof u4 && (n2.__c = void 0, u4()), r2 = t3;
  }
  function D2(n2) {
    var t3 = r2;
    n2.__c = n2.__(), r2 = t3;
  }
  function E2(n2, t3) {
    return !n2 || n2.length != t3.length || t3.some(function(t4, r3) {
      return !o3(t4, n2[r3]);
    });
  }
  function G2(n2, t3) {
    return "function" == typeof t3 ? t3(n2) : t3;
  }

  var GROUP_NAMES = {
    LR: "Low-resource",
    MR: "Medium-resource",
    HR: "High-resource",
    avg: "All languages"
  };
  function shortName(group) {
    return group.replace(/^[a-z]+:/, "");
  }
  function groupName(group) {
    return GROUP_NAMES[group] ?? shortName(group);
  }

  function Choice({ label, value, none, options, onChange }) {
    const isKnown = value === void 0 || options.some(([one]) => one === value);
    return /* @__PURE__ */ a2("select", {
      class: "plain",
      "aria-label": label,
      value: value ?? "",
      onChange: (event) => onChange(event.currentTarget.value || void 0),
      children: [
        /* @__PURE__ */ a2("option", {
          value: "",
          children: none
        }),
        !isKnown && /* @__PURE__ */ a2("option", {
          value,
          children: `${value} 0`
        }),
        options.map(([one, text2]) => /* @__PURE__ */ a2("option", {
          value: one,
          children: text2
        }, one))
      ]
    });
  }

  function saveFile(name, content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
  }

  function grid({ head, rows }, left) {
    const line = (cells) => `| ${cells.map(text).join(" | ")} |`;
    const rule = `|${head.map((_3, i3) => left.includes(i3) ? "---" : "---:").join("|")}|`;
    return [
      line(head),
      rule,
      ...rows.map(line)
    ].join("\n");
  }
  function text(value) {
    return value.replace(/[\r\n]+/g, " ").replace(/[\\`*_[\]<>|&~#]/g, (mark) => `\\${mark}`);
  }
  var SPECIAL = {
    "\\": "\\textbackslash{}",
    "{": "\\{",
    "}": "\\}",
    "$": "\\$",
    "&": "\\&",
    "#": "\\#",
    "%": "\\%",
    "_": "\\_",
    "^": "\\textasciicircum{}",
    "~": "\\textasciitilde{}",
    "\u2020": "$^\\dagger$",
    "\u2013": "--",
    "\u2212": "$-$"
  };
  function latexText(value) {
    return value.replace(/[\r\n]+/g, " ").replace(/[\\{}$&#%_^~\u2013\u2020\u2212]/g, (mark) => SPECIAL[mark] ?? mark);
  }
  function latexGrid({ head, rows }) {
    const line = (cells) => `${cells.map(latexText).join(" & ")} \\\\`;
    return `\\begin{tabular}{l${"r".repeat(head.length - 1)}}
\\toprule
${line(head)}
\\midrule
${rows.map(line).join("\n")}
\\bottomrule
\\end{tabular}
`;
  }
  function csvGrid({ head, rows }) {
    const cell = (text2) => {
      const plain = text2.replace(/^\u2212(?=[\d.]+$)/, "-");
      const safe = /^[=@\t\r]|^[-+](?![\d.]+$)/.test(plain) ? `'${plain}` : plain;
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    return [
      head,
      ...rows
    ].map((row) => `${row.map(cell).join(",")}\r
`).join("");
  }

  var FORMATS = {
    Markdown: (table) => `${grid(table, [
      0
    ])}
`,
    LaTeX: latexGrid,
    CSV: csvGrid
  };
  function Copy({ of, name }) {
    const [said, setSaid] = d2("");
    const [byHand, setByHand] = d2(null);
    const copy = async (format) => {
      const text2 = FORMATS[format](of());
      try {
        await navigator.clipboard.writeText(text2);
        setByHand(null);
        setSaid(`Copied as ${format}`);
      } catch {
        setByHand(text2);
        setSaid(`This browser does not let the page copy; here it is as ${format}`);
      }
    };
    return /* @__PURE__ */ a2($, {
      children: [
        /* @__PURE__ */ a2("div", {
          class: "controls copy",
          children: [
            Object.keys(FORMATS).map((format) => /* @__PURE__ */ a2("button", {
              class: "plain",
              type: "button",
              "data-copy": format,
              onClick: () => void copy(format),
              children: `Copy as ${format}`
            }, format)),
            /* @__PURE__ */ a2("button", {
              class: "plain",
              type: "button",
              "data-save": "CSV",
              onClick: () => saveFile(`${name}.csv`, new Blob([
                csvGrid(of())
              ], {
                type: "text/csv;charset=utf-8"
              })),
              children: "Save as CSV"
            }),
            /* @__PURE__ */ a2("span", {
              role: "status",
              children: said
            })
          ]
        }),
        byHand !== null && /* @__PURE__ */ a2("textarea", {
          class: "plain by-hand",
          readOnly: true,
          rows: 8,
          "aria-label": "The table's text",
          value: byHand
        })
      ]
    });
  }

  function markKey(benchmark, variant, lang) {
    return JSON.stringify([
      benchmark,
      variant,
      lang
    ]);
  }
  function indexMarks(rows) {
    const index = /* @__PURE__ */ new Map();
    for (const row of rows) {
      const key = markKey(row.benchmark, row.variant, row.lang);
      const list = index.get(key);
      if (list) list.push(row.marks);
      else index.set(key, [
        row.marks
      ]);
    }
    return index;
  }
  function recompute(cell, index) {
    let sum2 = 0, right = 0, asked = 0;
    for (const lang of cell.languages) {
      let k2 = 0, n2 = 0;
      for (const marks of index.get(markKey(cell.benchmark, cell.variant, lang)) ?? []) {
        for (let i3 = 0; i3 < marks.length; i3++) {
          const mark = marks[i3];
          if (mark === "1") k2++;
          if (mark !== ".") n2++;
        }
      }
      if (n2 === 0) return {
        printed: "",
        value: 0,
        k: right,
        n: asked
      };
      sum2 += k2 / n2;
      right += k2;
      asked += n2;
    }
    const value = sum2 / cell.languages.length;
    return {
      printed: (value * 100).toFixed(1),
      value,
      k: right,
      n: asked
    };
  }

  var names = new Intl.DisplayNames([
    "en"
  ], {
    type: "language",
    fallback: "code"
  });
  function languageName(code) {
    try {
      return names.of(code) ?? code;
    } catch (error) {
      if (error instanceof RangeError) return code;
      throw error;
    }
  }

  var EVERYTHING = {
    hidden: [],
    base: "",
    rows: "all",
    level: "",
    family: "",
    script: "",
    sortBy: null,
    isFalling: true,
    hasPaper: false
  };
  function facetsOf(slice, benchmark) {
    const { groups } = slice.benchmarks[benchmark];
    const languages = languagesIn(slice, benchmark);
    const values = (of) => [
      ...new Set(languages.flatMap((lang) => of(lang) ?? []))
    ].sort();
    return {
      level: groups.filter((group) => group.languages.length < languages.length).map(({ name }) => name),
      family: values((lang) => slice.languages[lang]?.family),
      script: values((lang) => slice.languages[lang]?.script)
    };
  }
  function systemsIn(slice, benchmark) {
    const own = Object.values(slice.cells).filter((cell) => cell.benchmark === benchmark);
    return [
      ...new Set(own.map(({ variant }) => variant))
    ];
  }
  function viewOf(slice, benchmark, index, choice) {
    const { groups } = slice.benchmarks[benchmark];
    const all = systemsIn(slice, benchmark);
    const isShown = (system) => system !== choice.base && !choice.hidden.includes(system);
    const systems = [
      ...all.filter((system) => system === choice.base),
      ...all.filter(isShown)
    ];
    const scopes = [
      ...choice.rows === "languages" ? [] : groups.map(({ name }) => ({
        scope: name,
        isGroup: true
      })),
      ...choice.rows === "groups" ? [] : languagesIn(slice, benchmark).filter((lang) => isChosen(slice, benchmark, lang, choice)).map((scope) => ({
        scope,
        isGroup: false
      }))
    ];
    const rows = scopes.map(({ scope, isGroup }) => {
      const found = systems.flatMap((system) => {
        const key = `${benchmark}|${system}|${scope}`;
        const cell = Object.hasOwn(slice.cells, key) ? slice.cells[key] : void 0;
        return cell === void 0 ? [] : [
          {
            system,
            cell,
            key,
            value: recompute(cell, index).value
          }
        ];
      });
      const base = found.find(({ system }) => system === choice.base)?.value;
      const cells = found.map(({ system, ...one }) => [
        system,
        {
          ...one,
          difference: base === void 0 || system === choice.base ? void 0 : one.value - base
        }
      ]);
      return {
        scope,
        isGroup,
        name: isGroup ? groupName(scope) : `${languageName(scope)} (${scope})`,
        cells: new Map(cells)
      };
    });
    return {
      systems,
      rows: sorted(rows, choice)
    };
  }
  function sorted(rows, { sortBy, isFalling }) {
    if (sortBy === null) return [
      ...rows
    ];
    const direction = isFalling ? -1 : 1;
    const numberOf2 = ({ cells }) => cells.get(sortBy)?.difference ?? cells.get(sortBy)?.value;
    return rows.toSorted((a4, b) => {
      if (a4.isGroup !== b.isGroup) return a4.isGroup ? -1 : 1;
      if (sortBy === "") return -direction * a4.name.localeCompare(b.name, "en");
      const [x2, y3] = [
        numberOf2(a4),
        numberOf2(b)
      ];
      if (x2 === void 0 || y3 === void 0) return Number(x2 === void 0) - Number(y3 === void 0);
      return direction * (x2 - y3);
    });
  }
  function isChosen(slice, benchmark, lang, choice) {
    const level = slice.benchmarks[benchmark].groups.find(({ name }) => name === choice.level);
    const { family, script } = slice.languages[lang] ?? {};
    return (choice.level === "" || level?.languages.includes(lang) === true) && (choice.family === "" || family === choice.family) && (choice.script === "" || script === choice.script);
  }
  function languagesIn(slice, benchmark) {
    const { groups } = slice.benchmarks[benchmark];
    const all = groups.reduce((most, { languages }) => languages.length > most.length ? languages : most, []);
    const parts = groups.filter(({ languages }) => languages.length < all.length);
    return [
      .../* @__PURE__ */ new Set([
        ...parts.flatMap(({ languages }) => languages),
        ...all
      ])
    ];
  }
  function gridOf({ systems, rows }, { hasPaper }) {
    return {
      head: [
        "Languages",
        ...systems.flatMap((name) => hasPaper ? [
          name,
          `${name}, paper`
        ] : [
          name
        ])
      ],
      rows: rows.map(({ name, cells }) => [
        name,
        ...systems.flatMap((system) => {
          const found = cells.get(system);
          const ours = found ? textOf(found) : "";
          return hasPaper ? [
            ours,
            found?.cell.paper ?? ""
          ] : [
            ours
          ];
        })
      ])
    };
  }
  function textOf({ cell, difference }) {
    if (difference === void 0) return cell.printed;
    const points = (difference * 100).toFixed(1);
    return difference < 0 ? points.replace("-", "\u2212") : `+${points}`;
  }

  function startExplore(slice, index) {
    for (const place of document.querySelectorAll("[data-explore]")) {
      Q(/* @__PURE__ */ a2(Explore, {
        slice,
        index,
        benchmark: place.dataset.explore
      }), place);
    }
  }
  function Explore(props) {
    const [isOpen, setOpen] = d2(false);
    return /* @__PURE__ */ a2("details", {
      class: "explore",
      onToggle: (event) => setOpen(event.currentTarget.open),
      children: [
        /* @__PURE__ */ a2("summary", {
          children: "Sort, filter, compare and copy"
        }),
        isOpen && /* @__PURE__ */ a2(Bench, {
          ...props
        })
      ]
    });
  }
  function Bench({ slice, index, benchmark }) {
    const [choice, setChoice] = d2(EVERYTHING);
    const [hasSeeds, setSeeds] = d2(false);
    const view = w2(() => viewOf(slice, benchmark, index, choice), [
      choice
    ]);
    const seeds = w2(() => new Set(slice.runs.map(({ seed }) => seed)).size, []);
    const change = (part) => setChoice({
      ...choice,
      ...part
    });
    const { title } = slice.benchmarks[benchmark];
    return /* @__PURE__ */ a2($, {
      children: [
        /* @__PURE__ */ a2(Filters, {
          slice,
          benchmark,
          choice,
          onChange: change
        }),
        /* @__PURE__ */ a2("div", {
          class: "controls",
          children: [
            /* @__PURE__ */ a2(Check, {
              label: "the paper's values",
              isOn: choice.hasPaper,
              onChange: (hasPaper) => change({
                hasPaper
              })
            }),
            seeds > 1 && /* @__PURE__ */ a2(Check, {
              label: "each seed",
              isOn: hasSeeds,
              onChange: setSeeds
            }),
            /* @__PURE__ */ a2("span", {
              "aria-live": "polite",
              children: `${view.rows.length} rows, ${view.systems.length} systems`
            })
          ]
        }),
        /* @__PURE__ */ a2("div", {
          class: "scroll",
          tabIndex: 0,
          role: "region",
          "aria-label": `${title}, as chosen`,
          children: /* @__PURE__ */ a2("table", {
            class: "explored sortable",
            children: [
              /* @__PURE__ */ a2(Head, {
                view,
                choice,
                onChange: change
              }),
              /* @__PURE__ */ a2("tbody", {
                children: view.rows.map(({ scope, name, isGroup, cells }) => /* @__PURE__ */ a2("tr", {
                  class: isGroup ? "group" : void 0,
                  children: [
                    /* @__PURE__ */ a2("th", {
                      scope: "row",
                      children: name
                    }),
                    view.systems.map((system) => {
                      const found = cells.get(system);
                      return /* @__PURE__ */ a2("td", {
                        class: "num",
                        children: [
                          found ? /* @__PURE__ */ a2(Accuracy, {
                            found,
                            hasPaper: choice.hasPaper
                          }) : "\u2013",
                          found && hasSeeds && /* @__PURE__ */ a2(Dots, {
                            slice,
                            found
                          })
                        ]
                      }, system);
                    })
                  ]
                }, scope))
              })
            ]
          })
        }),
        choice.base !== "" && /* @__PURE__ */ a2("p", {
          class: "small soft",
          children: [
            "Points against ",
            /* @__PURE__ */ a2("bdi", {
              children: choice.base
            }),
            "; their intervals stand in the table of changes below."
          ]
        }),
        /* @__PURE__ */ a2(Copy, {
          of: () => gridOf(view, choice),
          name: `${slice.name}.${benchmark}`
        })
      ]
    });
  }
  function Accuracy({ found, hasPaper }) {
    const { cell, key } = found;
    return /* @__PURE__ */ a2($, {
      children: [
        /* @__PURE__ */ a2("a", {
          class: "cell",
          href: hrefOf({
            cell: key
          }),
          title: `${cell.printed}, 95 % interval ${cell.low} to ${cell.high}`,
          children: textOf(found)
        }),
        hasPaper && /* @__PURE__ */ a2("span", {
          class: "ci",
          children: cell.paper ?? "\u2013"
        })
      ]
    });
  }
  function Dots({ slice, found: { cell } }) {
    const seeds = slice.runs.flatMap((run, at) => {
      if (run.variant !== cell.variant) return [];
      const own = slice.marks.filter(([owner, benchmark]) => owner === at && benchmark === cell.benchmark);
      const index = new Map(own.map(([, , lang, marks]) => [
        JSON.stringify([
          cell.benchmark,
          cell.variant,
          lang
        ]),
        [
          marks
        ]
      ]));
      const again = recompute(cell, index);
      return again.printed === "" ? [] : [
        {
          seed: run.seed,
          value: again.value,
          printed: again.printed
        }
      ];
    });
    const words = seeds.map(({ seed, printed }) => `seed ${seed}: ${printed}`).join(", ");
    return /* @__PURE__ */ a2("svg", {
      class: "dots",
      width: "72",
      height: "12",
      viewBox: "-4 0 80 12",
      role: "img",
      "aria-label": words,
      children: [
        /* @__PURE__ */ a2("title", {
          children: words
        }),
        /* @__PURE__ */ a2("line", {
          x1: "0",
          x2: "72",
          y1: "6",
          y2: "6"
        }),
        seeds.map(({ seed, value }) => /* @__PURE__ */ a2("circle", {
          cx: value * 72,
          cy: "6",
          r: "3"
        }, seed))
      ]
    });
  }
  function Head({ view, choice, onChange }) {
    const { sortBy, isFalling } = choice;
    return /* @__PURE__ */ a2("thead", {
      children: /* @__PURE__ */ a2("tr", {
        children: [
          "",
          ...view.systems
        ].map((name) => /* @__PURE__ */ a2("th", {
          scope: "col",
          class: name === "" ? void 0 : "num",
          "aria-sort": sortBy === name ? isFalling ? "descending" : "ascending" : void 0,
          children: /* @__PURE__ */ a2("button", {
            type: "button",
            onClick: () => onChange({
              sortBy: name,
              isFalling: sortBy === name ? !isFalling : name !== ""
            }),
            children: name || "Languages"
          })
        }, name))
      })
    });
  }
  var FACETS = {
    level: "all levels",
    family: "all families",
    script: "all scripts"
  };
  function Filters({ slice, benchmark, choice, onChange }) {
    const facets = w2(() => facetsOf(slice, benchmark), []);
    const systems = w2(() => systemsIn(slice, benchmark), []);
    return /* @__PURE__ */ a2($, {
      children: [
        /* @__PURE__ */ a2("div", {
          class: "controls",
          children: [
            /* @__PURE__ */ a2(Choice, {
              label: "Rows",
              value: choice.rows === "all" ? void 0 : choice.rows,
              none: "groups and languages",
              options: [
                [
                  "groups",
                  "groups alone"
                ],
                [
                  "languages",
                  "languages alone"
                ]
              ],
              onChange: (value) => onChange({
                rows: value ?? "all"
              })
            }),
            [
              "level",
              "family",
              "script"
            ].filter((name) => facets[name].length > 1).map((name) => /* @__PURE__ */ a2(Choice, {
              label: name,
              value: choice[name] || void 0,
              none: FACETS[name],
              options: facets[name].map((value) => [
                value,
                name === "level" ? groupName(value) : value
              ]),
              onChange: (value) => onChange({
                [name]: value ?? ""
              })
            }, name)),
            /* @__PURE__ */ a2(Choice, {
              label: "Against",
              value: choice.base || void 0,
              none: "accuracies",
              options: systems.map((name) => [
                name,
                `points against ${name}`
              ]),
              onChange: (base) => onChange({
                base: base ?? ""
              })
            })
          ]
        }),
        /* @__PURE__ */ a2("fieldset", {
          class: "controls",
          children: [
            /* @__PURE__ */ a2("legend", {
              class: "hidden-text",
              children: "Systems"
            }),
            systems.map((name) => /* @__PURE__ */ a2(Check, {
              label: name,
              isOn: !choice.hidden.includes(name),
              onChange: (isOn) => onChange({
                hidden: isOn ? choice.hidden.filter((one) => one !== name) : [
                  ...choice.hidden,
                  name
                ]
              })
            }, name))
          ]
        })
      ]
    });
  }
  function Check({ label, isOn, onChange }) {
    return /* @__PURE__ */ a2("label", {
      children: [
        /* @__PURE__ */ a2("input", {
          type: "checkbox",
          checked: isOn,
          onChange: (event) => onChange(event.currentTarget.checked)
        }),
        " ",
        /* @__PURE__ */ a2("bdi", {
          children: label
        })
      ]
    });
  }

  async function drawFigures() {
    for (const plot of document.querySelectorAll(".plot[data-figure]")) {
      const source = plot.parentElement?.querySelector('script[type="application/json"]')?.textContent;
      if (!source) continue;
      const spec = JSON.parse(source);
      const columns = Math.max(1, Math.floor(plot.clientWidth / 190));
      const legend = {
        ...spec.config?.legend,
        columns
      };
      const canvas = document.createElement("div");
      canvas.style.width = "100%";
      canvas.style.minWidth = `${plot.dataset.minWidth ?? 0}px`;
      plot.replaceChildren(canvas);
      await vegaEmbed(canvas, {
        ...spec,
        config: {
          ...spec.config,
          legend
        }
      }, {
        actions: false,
        renderer: "svg",
        tooltip: {
          theme: "custom"
        }
      });
      plot.dataset.drawn = "true";
    }
  }

  var arrived = /* @__PURE__ */ new Map();
  var loading = /* @__PURE__ */ new Map();
  function load(file) {
    const known = loading.get(file);
    if (known) return known;
    const inside = [
      ...document.querySelectorAll("script[data-file]")
    ].find(({ dataset }) => dataset.file === file);
    const promise = inside ? Promise.resolve(JSON.parse(inside.textContent)) : request(file);
    loading.set(file, promise);
    return promise;
  }
  function request(file) {
    return new Promise((resolve, reject) => {
      arrived.set(file, resolve);
      const script = document.createElement("script");
      script.charset = "utf-8";
      script.src = `${document.body.dataset.root ?? ""}${file}`;
      const incomplete = () => reject(new Error(`Cannot load "${file}": is the report's folder complete?`));
      script.onerror = incomplete;
      script.onload = incomplete;
      document.head.append(script);
    });
  }
  function takeData() {
    const take = (file, value) => arrived.get(file)?.(value);
    Object.assign(globalThis, {
      lingualift: {
        take
      }
    });
  }

  function watchParts() {
    addEventListener("hashchange", sayMissing);
    sayMissing();
  }
  function sayMissing() {
    document.querySelector(".notice")?.remove();
    const id = partNamed(location.hash);
    if (id === "" || id === "top" || readAddress(location.hash) || document.getElementById(id)) return;
    const notice = document.createElement("p");
    notice.className = "notice missing";
    notice.setAttribute("role", "alert");
    notice.textContent = `This page has no part \u201C${id}\u201D; it may have been renamed.`;
    document.querySelector("main").prepend(notice);
  }

  var FINER = 2;
  function offerPngs() {
    for (const figure of document.querySelectorAll("figure.figure")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "PNG";
      button.addEventListener("click", () => {
        pngOf(figure.querySelector(".plot svg")).then((blob) => saveFile(`${figure.id}.png`, blob), reportError);
      });
      const item = document.createElement("li");
      item.append(button);
      figure.querySelector(".downloads")?.children[0]?.after(item);
    }
  }
  async function pngOf(svg) {
    const { width, height } = svg.getBoundingClientRect();
    const style = getComputedStyle(svg);
    const text2 = new XMLSerializer().serializeToString(svg).replace(/var\((--[\w-]+)\)/g, (whole, name) => style.getPropertyValue(name).trim() || whole);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text2)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(width * FINER);
    canvas.height = Math.ceil(height * FINER);
    const context = canvas.getContext("2d");
    context.fillStyle = style.getPropertyValue("--surface").trim() || "white";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => canvas.toBlob((blob) => blob ? resolve(blob) : reject(new Error("Cannot draw the figure as PNG"))));
  }

  function indexSlice(slice) {
    return indexMarks(slice.marks.map(([run, benchmark, lang, marks]) => ({
      variant: slice.runs[run].variant,
      benchmark,
      lang,
      marks
    })));
  }
  async function proveAll(slice) {
    tell("Recomputing the numbers below\u2026");
    try {
      prove(await slice);
    } catch (error) {
      tell(`\u2717 The numbers below could not be recomputed. ${error.message}`, false);
      throw error;
    }
  }
  function prove(slice) {
    const index = indexSlice(slice);
    const keys = Object.keys(slice.cells);
    const wrong = keys.filter((key) => recompute(slice.cells[key], index).printed !== slice.cells[key].printed);
    const answers = slice.marks.reduce((sum2, row) => sum2 + row[3].length, 0).toLocaleString("en");
    const said = wrong.length === 0 ? `\u2713 This browser recomputed all ${keys.length} numbers below from ${answers} answers.` : `\u2717 ${wrong.length} of ${keys.length} numbers below do not follow from their answers: ${wrong.join(", ")}`;
    tell(said, wrong.length === 0, {
      wrong: String(wrong.length),
      cells: String(keys.length)
    });
  }
  function tell(text2, good, data = {}) {
    for (const proof of document.querySelectorAll(".proof")) {
      proof.textContent = text2;
      proof.classList.toggle("good", good === true);
      proof.classList.toggle("bad", good === false);
      Object.assign(proof.dataset, data);
    }
  }

  function startRouter(show) {
    let closing = false;
    let last = 0;
    const withoutSheet = () => history.replaceState(null, "", location.pathname + location.search);
    function arrive(first) {
      let address = readAddress(location.hash);
      if (closing && address) {
        withoutSheet();
        address = null;
      }
      closing = false;
      if (address) {
        const known = history.state?.sheets;
        last = known ?? (first ? 0 : last + 1);
        if (known === void 0) history.replaceState({
          sheets: last
        }, "");
      } else {
        last = 0;
      }
      show(address);
    }
    addEventListener("hashchange", () => arrive(false));
    arrive(true);
    return {
      close: () => {
        if (closing || !readAddress(location.hash)) return;
        if (last > 0) {
          closing = true;
          history.go(-last);
        } else {
          withoutSheet();
        }
        show(null);
      },
      change: (address) => {
        history.replaceState(history.state, "", hrefOf(address));
        show(address);
      }
    };
  }

  var RIGHT_TO_LEFT = /* @__PURE__ */ new Set([
    "Adlm",
    "Arab",
    "Hebr",
    "Mand",
    "Nkoo",
    "Rohg",
    "Samr",
    "Syrc",
    "Thaa"
  ]);
  var WITH = {
    Jpan: [
      "Hiragana",
      "Katakana",
      "Han"
    ],
    Kore: [
      "Hangul",
      "Han"
    ],
    Hans: [
      "Han"
    ],
    Hant: [
      "Han"
    ]
  };
  function scriptOf(lang) {
    try {
      return new Intl.Locale(lang).maximize().script;
    } catch (error) {
      if (error instanceof RangeError) return void 0;
      throw error;
    }
  }
  function directionOf(lang) {
    const script = scriptOf(lang);
    return script === void 0 ? "auto" : RIGHT_TO_LEFT.has(script) ? "rtl" : "ltr";
  }
  function answerLanguage(text2, lang) {
    const script = scriptOf(lang);
    const letters = text2.match(/\p{L}/gu) ?? [];
    if (script === void 0 || letters.length === 0) return "";
    const own = new RegExp((WITH[script] ?? [
      script
    ]).map((name) => `\\p{Script=${name}}`).join("|"), "u");
    const most = (pattern) => letters.filter((letter) => pattern.test(letter)).length * 2 > letters.length;
    if (!most(own)) return most(/\p{Script=Latin}/u) ? "en" : "";
    return script === "Latn" && lang !== "en" ? "" : lang;
  }

  function AnswerItem({ slice, shown, href, again }) {
    const { answer, other, prompt, english } = shown;
    const [lang, run, item, , , , gold, , , kind] = answer;
    return /* @__PURE__ */ a2("li", {
      class: again ? "again" : void 0,
      children: [
        /* @__PURE__ */ a2("div", {
          class: "item",
          children: [
            other === void 0 && /* @__PURE__ */ a2(Verdict, {
              answer
            }),
            /* @__PURE__ */ a2("a", {
              href,
              children: /* @__PURE__ */ a2("code", {
                children: item
              })
            }),
            /* @__PURE__ */ a2("span", {
              children: `${lang} \xB7 seed ${slice.runs[run].seed}`
            }),
            other === void 0 && /* @__PURE__ */ a2(Found, {
              answer
            }),
            /* @__PURE__ */ a2("span", {
              children: [
                "wanted ",
                /* @__PURE__ */ a2("bdi", {
                  children: gold
                })
              ]
            }),
            kind !== null && /* @__PURE__ */ a2("span", {
              children: kind
            }),
            other === void 0 && /* @__PURE__ */ a2(Parts, {
              slice,
              answer
            })
          ]
        }),
        !again && /* @__PURE__ */ a2("div", {
          class: "aligned",
          children: [
            prompt !== null && /* @__PURE__ */ a2("p", {
              class: "say ask",
              lang,
              dir: directionOf(lang),
              children: prompt
            }),
            english !== null && /* @__PURE__ */ a2("p", {
              class: "say english",
              lang: "en",
              dir: "ltr",
              children: english
            })
          ]
        }),
        other === void 0 ? /* @__PURE__ */ a2(Output, {
          answer
        }) : /* @__PURE__ */ a2("div", {
          class: "sides",
          children: [
            answer,
            other
          ].map((side, i3) => /* @__PURE__ */ a2("div", {
            "data-side": i3,
            children: [
              /* @__PURE__ */ a2("div", {
                class: "item",
                children: [
                  /* @__PURE__ */ a2("b", {
                    children: /* @__PURE__ */ a2("bdi", {
                      children: slice.runs[side[1]].variant
                    })
                  }),
                  slice.runs[side[1]].seed !== slice.runs[run].seed && /* @__PURE__ */ a2("span", {
                    children: `seed ${slice.runs[side[1]].seed}`
                  }),
                  /* @__PURE__ */ a2(Verdict, {
                    answer: side
                  }),
                  /* @__PURE__ */ a2(Found, {
                    answer: side
                  }),
                  /* @__PURE__ */ a2(Parts, {
                    slice,
                    answer: side
                  })
                ]
              }),
              /* @__PURE__ */ a2(Output, {
                answer: side
              })
            ]
          }, i3))
        })
      ]
    });
  }
  function Verdict({ answer }) {
    const correct = answer[7];
    return /* @__PURE__ */ a2("span", {
      class: correct ? "right" : "wrong",
      children: correct ? "\u2713 right" : "\u2717 wrong"
    });
  }
  function Found({ answer }) {
    const extracted = answer[5];
    return /* @__PURE__ */ a2("span", {
      children: [
        "found ",
        extracted === null ? /* @__PURE__ */ a2("i", {
          children: "nothing"
        }) : /* @__PURE__ */ a2("bdi", {
          children: extracted
        })
      ]
    });
  }
  function Parts({ slice, answer }) {
    const parts = answer[8], mistake = answer[10];
    return /* @__PURE__ */ a2($, {
      children: [
        mistake !== null && mistake !== "none" && mistake !== "other" && /* @__PURE__ */ a2("span", {
          class: "mistake",
          children: slice.mistakes[mistake] ?? mistake
        }),
        parts !== null && /* @__PURE__ */ a2("span", {
          class: "parts",
          children: slice.parts.map((name, i3) => /* @__PURE__ */ a2("span", {
            children: `${parts[i3] === "1" ? "\u2713" : "\u2717"} ${name}`
          }, name))
        })
      ]
    });
  }
  function Output({ answer: [lang, , , , output] }) {
    return output.trim() === "" ? /* @__PURE__ */ a2("p", {
      class: "say soft",
      children: /* @__PURE__ */ a2("i", {
        children: "an answer without a word"
      })
    }) : /* @__PURE__ */ a2("p", {
      class: "say output",
      lang: answerLanguage(output, lang),
      dir: "auto",
      children: output
    });
  }

  function answersIn(languages, rows, prompts) {
    const english = new Map(rows.filter(([lang]) => lang === "en").map(([, , item, hash]) => [
      item,
      hash
    ]));
    const text2 = (hash) => hash === void 0 ? null : prompts[hash] ?? null;
    return languages.flatMap((own) => rows.filter(([lang]) => lang === own).map((answer) => ({
      answer,
      prompt: text2(answer[3]),
      english: own === "en" ? null : text2(english.get(answer[2]))
    })));
  }
  function outcomeOf({ answer, other }) {
    if (other === void 0) return answer[7] ? "right" : "wrong";
    if (answer[7]) return other[7] ? "both" : "first";
    return other[7] ? "second" : "neither";
  }
  function choose(all, { item, lang, only, kind, mistake }) {
    const found = all.filter(finder(all, item));
    const mistakesOf = ({ answer, other }) => [
      answer[10],
      other?.[10]
    ].filter((one) => one != null);
    const keeps = {
      lang: ({ answer }) => lang === void 0 || answer[0] === lang,
      only: (shown) => only === void 0 || outcomeOf(shown) === only,
      kind: ({ answer }) => kind === void 0 || answer[9] === kind,
      mistake: (shown) => mistake === void 0 || mistakesOf(shown).includes(mistake)
    };
    const beside = (name) => found.filter((shown) => Object.entries(keeps).every(([other, keep]) => other === name || keep(shown)));
    const withoutOnly = beside("only");
    return {
      answers: beside(),
      only: tally([
        "all"
      ], withoutOnly, (shown) => [
        "all",
        outcomeOf(shown)
      ]),
      languages: tally(all.map(({ answer }) => answer[0]), beside("lang"), ({ answer }) => [
        answer[0]
      ]),
      kinds: tally(all.flatMap(({ answer }) => answer[9] ?? []), beside("kind"), ({ answer }) => [
        answer[9] ?? ""
      ]),
      mistakes: tally(all.flatMap(mistakesOf), beside("mistake"), (shown) => [
        ...new Set(mistakesOf(shown))
      ])
    };
  }
  function tally(names2, shown, namesOf) {
    const counts = new Map(names2.map((name) => [
      name,
      0
    ]));
    for (const name of shown.flatMap(namesOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts;
  }
  function finder(all, item) {
    const wanted = item?.trim().toLowerCase();
    if (!wanted) return () => true;
    const isItem = ({ answer }) => answer[2].toLowerCase() === wanted;
    if (all.some(isItem)) return isItem;
    return ({ answer, other, prompt, english }) => [
      answer[2],
      answer[4],
      other?.[4],
      prompt,
      english
    ].some((text2) => text2?.toLowerCase().includes(wanted));
  }

  function pairedRuns({ runs }, cell, { with: other, seed, withSeed }) {
    const pairs = /* @__PURE__ */ new Map();
    for (const [at, run] of runs.entries()) {
      if (run.variant !== cell.variant || seed !== void 0 && run.seed !== seed) continue;
      const wanted = seed === void 0 ? run.seed : withSeed ?? seed;
      const partner = runs.findIndex(({ variant, seed: seed2 }) => variant === other && seed2 === wanted);
      if (partner >= 0) pairs.set(at, partner);
    }
    return pairs;
  }
  function pairCounts(slice, cell, sides) {
    const runs = pairedRuns(slice, cell, sides);
    const marks = new Map(slice.marks.filter(([, benchmark]) => benchmark === cell.benchmark).map(([run, , lang, marks2]) => [
      `${run} ${lang}`,
      marks2
    ]));
    return new Map(cell.languages.map((lang) => {
      const sum2 = {
        both: 0,
        first: 0,
        second: 0,
        neither: 0
      };
      for (const [run, partner] of runs) {
        const [one, other] = [
          marks.get(`${run} ${lang}`) ?? "",
          marks.get(`${partner} ${lang}`) ?? ""
        ];
        for (let i3 = 0; i3 < Math.min(one.length, other.length); i3++) {
          if (one[i3] === "." || other[i3] === ".") continue;
          sum2[one[i3] === "1" ? other[i3] === "1" ? "both" : "first" : other[i3] === "1" ? "second" : "neither"]++;
        }
      }
      return [
        lang,
        sum2
      ];
    }));
  }
  function sumOf(counts) {
    const sum2 = {
      both: 0,
      first: 0,
      second: 0,
      neither: 0
    };
    for (const one of counts) {
      for (const name of [
        "both",
        "first",
        "second",
        "neither"
      ]) sum2[name] += one[name];
    }
    return sum2;
  }
  function paired(all, others, runs) {
    const key = (run, lang, item) => JSON.stringify([
      run,
      lang,
      item
    ]);
    const partners = new Map(others.map((answer) => [
      key(answer[1], answer[0], answer[2]),
      answer
    ]));
    return all.flatMap((shown) => {
      const [lang, run, item] = shown.answer;
      const partner = runs.get(run);
      const other = partner === void 0 ? void 0 : partners.get(key(partner, lang, item));
      return other === void 0 ? [] : [
        {
          ...shown,
          other
        }
      ];
    });
  }

  function Compare({ slice, cell, address, onChange }) {
    const systems = [
      ...new Set(slice.runs.map(({ variant }) => variant))
    ];
    const seedsOf = (system) => slice.runs.flatMap((run) => run.variant === system ? [
      run.seed
    ] : []);
    const seeds = seedsOf(cell.variant);
    const { with: other, seed, withSeed } = address;
    const change = (part) => onChange({
      ...address,
      only: void 0,
      ...part
    });
    const sides = sidesOf(address);
    if (systems.length < 2 && seeds.length < 2) return null;
    return /* @__PURE__ */ a2("section", {
      class: "compare",
      children: [
        /* @__PURE__ */ a2("h3", {
          children: "Item by item"
        }),
        /* @__PURE__ */ a2("div", {
          class: "controls",
          children: [
            seeds.length > 1 && /* @__PURE__ */ a2(Choice, {
              label: "Seed",
              value: seed?.toString(),
              none: "all seeds",
              options: seeds.map((one) => [
                String(one),
                `seed ${one}`
              ]),
              onChange: (value) => change({
                seed: numberOf(value),
                withSeed: void 0
              })
            }),
            /* @__PURE__ */ a2(Choice, {
              label: "Compare with",
              value: other,
              none: "compare with\u2026",
              options: systems.filter((name) => name !== cell.variant || seed !== void 0).map((name) => [
                name,
                name
              ]),
              onChange: (value) => change({
                with: value,
                withSeed: void 0
              })
            }),
            other !== void 0 && seed !== void 0 && seedsOf(other).length > 1 && /* @__PURE__ */ a2(Choice, {
              label: "Its seed",
              value: withSeed?.toString(),
              none: `the same seed, ${seed}`,
              options: seedsOf(other).map((one) => [
                String(one),
                `seed ${one}`
              ]),
              onChange: (value) => change({
                withSeed: numberOf(value)
              })
            })
          ]
        }),
        sides !== void 0 && /* @__PURE__ */ a2(Counts, {
          slice,
          cell,
          sides
        })
      ]
    });
  }
  function numberOf(value) {
    return value === void 0 ? void 0 : Number(value);
  }
  function sidesOf({ with: other, seed, withSeed }) {
    return other === void 0 ? void 0 : {
      with: other,
      seed,
      withSeed
    };
  }
  function nameOf(system, seed) {
    return seed === void 0 ? system : `${system}, seed ${seed}`;
  }
  function Counts({ slice, cell, sides }) {
    const runs = pairedRuns(slice, cell, sides);
    const names2 = [
      nameOf(cell.variant, sides.seed),
      nameOf(sides.with, sides.withSeed ?? sides.seed)
    ];
    if (runs.size === 0) {
      return /* @__PURE__ */ a2("p", {
        class: "missing",
        role: "alert",
        children: `There are no two runs to compare: \u201C${names2[0]}\u201D with \u201C${names2[1]}\u201D.`
      });
    }
    const counts = pairCounts(slice, cell, sides);
    const rows = counts.size > 1 ? [
      [
        "all",
        sumOf(counts.values())
      ],
      ...counts
    ] : [
      ...counts
    ];
    return /* @__PURE__ */ a2($, {
      children: [
        /* @__PURE__ */ a2("p", {
          class: "small soft",
          children: `Every answer of this number that both have, paired by problem and language${runs.size > 1 ? ` and by seed (${runs.size} seeds)` : ""}. Of two systems alike, as many would be right alone on either side.`
        }),
        /* @__PURE__ */ a2("div", {
          class: "scroll",
          tabIndex: 0,
          role: "region",
          "aria-label": "Pairs of answers",
          children: /* @__PURE__ */ a2("table", {
            class: "pairs",
            children: [
              /* @__PURE__ */ a2("thead", {
                children: /* @__PURE__ */ a2("tr", {
                  children: [
                    /* @__PURE__ */ a2("th", {
                      scope: "col",
                      children: "Language"
                    }),
                    /* @__PURE__ */ a2("th", {
                      scope: "col",
                      class: "num",
                      children: "Both right"
                    }),
                    /* @__PURE__ */ a2("th", {
                      scope: "col",
                      class: "num",
                      children: [
                        "Only ",
                        names2[0]
                      ]
                    }),
                    /* @__PURE__ */ a2("th", {
                      scope: "col",
                      class: "num",
                      children: [
                        "Only ",
                        names2[1]
                      ]
                    }),
                    /* @__PURE__ */ a2("th", {
                      scope: "col",
                      class: "num",
                      children: "None"
                    })
                  ]
                })
              }),
              /* @__PURE__ */ a2("tbody", {
                children: rows.map(([lang, count]) => /* @__PURE__ */ a2(PairRow, {
                  lang,
                  count
                }, lang))
              })
            ]
          })
        })
      ]
    });
  }
  function PairRow({ lang, count }) {
    return /* @__PURE__ */ a2("tr", {
      "data-pairs": lang,
      children: [
        /* @__PURE__ */ a2("th", {
          scope: "row",
          children: lang === "all" ? "All" : `${languageName(lang)} (${lang})`
        }),
        [
          "both",
          "first",
          "second",
          "neither"
        ].map((name) => /* @__PURE__ */ a2("td", {
          class: "num",
          "data-name": name,
          children: count[name]
        }, name))
      ]
    });
  }

  function Filters2({ slice, cell, address, chosen, typed, onType, onChange }) {
    const { only, lang, kind, mistake } = address;
    const sorts = [
      ...chosen.kinds
    ].filter(([name]) => name !== "");
    return /* @__PURE__ */ a2($, {
      children: [
        [
          "all",
          ...address.with === void 0 ? ONE : TWO
        ].map((name) => /* @__PURE__ */ a2("button", {
          class: "plain",
          type: "button",
          "data-filter": name,
          "aria-pressed": (only ?? "all") === name,
          onClick: () => onChange({
            only: name === "all" ? void 0 : name
          }),
          children: `${LABELS[name]} ${chosen.only.get(name) ?? 0}`
        }, name)),
        (cell.languages.length > 1 || lang !== void 0) && /* @__PURE__ */ a2(Choice, {
          label: "Language",
          value: lang,
          none: `all languages ${sum(chosen.languages.values())}`,
          options: cell.languages.map((code) => [
            code,
            `${languageName(code)} (${code}) ${chosen.languages.get(code) ?? 0}`
          ]),
          onChange: (value) => onChange({
            lang: value
          })
        }),
        (sorts.length > 1 || kind !== void 0) && /* @__PURE__ */ a2(Choice, {
          label: "Sort of problem",
          value: kind,
          none: "all sorts",
          options: sorts.toSorted().map(([name, count]) => [
            name,
            `${name} ${count}`
          ]),
          onChange: (value) => onChange({
            kind: value
          })
        }),
        (chosen.mistakes.size > 0 || mistake !== void 0) && /* @__PURE__ */ a2(Choice, {
          label: "Kind of mistake",
          value: mistake,
          none: "all mistakes",
          options: Object.entries(slice.mistakes).flatMap(([name, words]) => {
            const count = chosen.mistakes.get(name);
            return count === void 0 ? [] : [
              [
                name,
                `${words} ${count}`
              ]
            ];
          }),
          onChange: (value) => onChange({
            mistake: value
          })
        }),
        /* @__PURE__ */ a2("input", {
          class: "plain",
          type: "search",
          "aria-label": "Find a problem's id, or words",
          placeholder: "id or words",
          value: typed,
          onInput: (event) => onType(event.currentTarget.value),
          onChange: () => onChange({})
        })
      ]
    });
  }
  function useTyped(item) {
    const [typed, setTyped] = d2(item ?? "");
    A2(() => setTyped(item ?? ""), [
      item
    ]);
    return [
      typed,
      setTyped
    ];
  }
  var LABELS = {
    all: "all",
    right: "right",
    wrong: "wrong",
    both: "both right",
    first: "only this one",
    second: "only the other",
    neither: "none"
  };
  function sum(counts) {
    return [
      ...counts
    ].reduce((total, count) => total + count, 0);
  }

  var PAGE = 20;
  function Answers(props) {
    const { slice, cell, address } = props;
    const { with: other, seed, withSeed } = address;
    const [all, setAll] = d2(null);
    A2(() => {
      let isWanted = true;
      const take = (found) => isWanted && setAll(found);
      setAll(null);
      loadAnswers(slice, cell, address).then(take, take);
      return () => void (isWanted = false);
    }, [
      other,
      seed,
      withSeed
    ]);
    return /* @__PURE__ */ a2("section", {
      children: [
        /* @__PURE__ */ a2("h3", {
          children: "Answers"
        }),
        all === null ? /* @__PURE__ */ a2("p", {
          class: "soft",
          children: "Loading answers\u2026"
        }) : all instanceof Error ? /* @__PURE__ */ a2("p", {
          class: "wrong",
          role: "alert",
          children: all.message
        }) : /* @__PURE__ */ a2(Reader, {
          ...props,
          all
        })
      ]
    });
  }
  async function loadAnswers(slice, cell, address) {
    const rowsOf = async (variant) => {
      const file = slice.answers[JSON.stringify([
        cell.benchmark,
        variant
      ])];
      return file === void 0 ? [] : await load(file);
    };
    const promptFile = slice.prompts[cell.benchmark];
    const sides = sidesOf(address);
    const [rows, others, prompts] = await Promise.all([
      rowsOf(cell.variant),
      sides === void 0 ? [] : rowsOf(sides.with),
      promptFile ? load(promptFile) : {}
    ]);
    const all = answersIn(cell.languages, rows, prompts).filter(({ answer }) => address.seed === void 0 || slice.runs[answer[1]].seed === address.seed);
    return sides === void 0 ? all : paired(all, others, pairedRuns(slice, cell, sides));
  }
  function Reader({ slice, cell, address, onChange, all }) {
    const { item, lang, only, kind, mistake } = address;
    const [typed, setTyped] = useTyped(item);
    const [page, setPage] = d2(0);
    const top = T2(null);
    A2(() => setPage(0), [
      typed,
      lang,
      only,
      kind,
      mistake
    ]);
    F2(() => {
      if (item !== void 0) top.current.scrollIntoView();
    }, []);
    A2(() => {
      if (item !== void 0) top.current.scrollIntoView({
        block: "nearest"
      });
    }, [
      item
    ]);
    const filter = {
      item: typed || void 0,
      lang,
      only,
      kind,
      mistake
    };
    const chosen = choose(all, filter);
    const pages = Math.max(1, Math.ceil(chosen.answers.length / PAGE));
    const at = Math.min(page, pages - 1);
    const { cell: key, with: other, seed, withSeed } = address;
    const place = {
      cell: key,
      with: other,
      seed,
      withSeed
    };
    return /* @__PURE__ */ a2($, {
      children: [
        /* @__PURE__ */ a2("p", {
          class: "small soft",
          children: keptOf(cell, all, address)
        }),
        /* @__PURE__ */ a2("div", {
          class: "controls",
          ref: top,
          children: /* @__PURE__ */ a2(Filters2, {
            slice,
            cell,
            address,
            chosen,
            typed,
            onType: setTyped,
            onChange: (part) => onChange({
              ...address,
              item: typed || void 0,
              ...part
            })
          })
        }),
        /* @__PURE__ */ a2("div", {
          class: "controls",
          children: [
            /* @__PURE__ */ a2("button", {
              class: "plain",
              type: "button",
              disabled: at === 0,
              onClick: () => setPage(at - 1),
              children: "Previous"
            }),
            /* @__PURE__ */ a2("button", {
              class: "plain",
              type: "button",
              disabled: at >= pages - 1,
              onClick: () => setPage(at + 1),
              children: "Next"
            }),
            /* @__PURE__ */ a2("span", {
              "aria-live": "polite",
              children: `page ${at + 1} of ${pages}, ${chosen.answers.length} ${other === void 0 ? "answers" : "pairs"}`
            })
          ]
        }),
        chosen.answers.length === 0 && all.length > 0 && /* @__PURE__ */ a2("p", {
          class: "missing",
          children: [
            noneOf(slice, cell, filter),
            " ",
            /* @__PURE__ */ a2("a", {
              href: hrefOf(place),
              children: "All answers"
            })
          ]
        }),
        /* @__PURE__ */ a2("ol", {
          class: "answers",
          children: chosen.answers.slice(at * PAGE, (at + 1) * PAGE).map((shown, i3, list) => /* @__PURE__ */ a2(AnswerItem, {
            slice,
            shown,
            again: i3 > 0 && isSameQuestion(shown, list[i3 - 1]),
            href: hrefOf({
              ...place,
              item: shown.answer[2],
              lang: cell.languages.length > 1 ? shown.answer[0] : void 0
            })
          }, shown.answer.slice(0, 3).join("\n")))
        })
      ]
    });
  }
  function keptOf({ n: n2 }, all, { with: other, seed }) {
    if (other !== void 0) return `${all.length} pairs of answers are kept here to read.`;
    const kept = all.length;
    if (kept >= n2) return `All ${n2} answers.`;
    if (seed !== void 0) return `${kept} answers of seed ${seed} are kept here to read.`;
    return `${kept} of ${n2} answers are kept here to read (the same problems in every cell, chosen by the hash of their id); the number above uses all of them, and the SQL shows them.`;
  }
  function noneOf(slice, cell, { item, lang, only, ...rest }) {
    const { items, unit } = slice.benchmarks[cell.benchmark];
    if (lang !== void 0 && !cell.languages.includes(lang)) return `This number has no language \u201C${lang}\u201D.`;
    const isAlone = only === void 0 && rest.kind === void 0 && rest.mistake === void 0;
    if (item !== void 0 && items.includes(item) && isAlone) {
      return `\u201C${item}\u201D is a ${unit} of this number, but its answers are not among those kept here; the SQL shows them.`;
    }
    return item === void 0 ? "No answer is left by these filters." : `No answer here has \u201C${item}\u201D.`;
  }
  function isSameQuestion({ answer: [lang, , item] }, { answer: other }) {
    return lang === other[0] && item === other[2];
  }

  function Dialog({ label, crumbs, title, onClose, children }) {
    const ref = T2(null);
    F2(() => {
      const dialog = ref.current;
      dialog.showModal();
      return () => dialog.close();
    }, []);
    return /* @__PURE__ */ a2("dialog", {
      ref,
      "aria-label": label,
      // The event comes later than the closing: not for a sheet that has been replaced by then.
      onClose: () => ref.current && onClose(),
      onClick: (event) => event.target === event.currentTarget && onClose(),
      children: /* @__PURE__ */ a2("div", {
        class: "sheet",
        children: [
          /* @__PURE__ */ a2("header", {
            children: [
              /* @__PURE__ */ a2("div", {
                children: [
                  /* @__PURE__ */ a2("p", {
                    class: "crumbs",
                    children: crumbs
                  }),
                  /* @__PURE__ */ a2("h2", {
                    children: /* @__PURE__ */ a2("bdi", {
                      children: title
                    })
                  })
                ]
              }),
              /* @__PURE__ */ a2("button", {
                class: "plain",
                type: "button",
                onClick: onClose,
                children: "Close"
              })
            ]
          }),
          children
        ]
      })
    });
  }

  function Sheet({ slice, index, address, onChange, onClose }) {
    const cell = Object.hasOwn(slice.cells, address.cell) ? slice.cells[address.cell] : void 0;
    if (!cell) return /* @__PURE__ */ a2(NoCell, {
      address,
      onClose
    });
    const { title } = slice.benchmarks[cell.benchmark];
    return /* @__PURE__ */ a2(Dialog, {
      label: `Evidence: ${cell.variant}, ${title}, ${cell.scope}`,
      crumbs: `${title} \xB7 ${cell.scope} \xB7 evidence`,
      title: cell.variant,
      onClose,
      children: [
        address.unread && /* @__PURE__ */ a2("p", {
          class: "missing",
          role: "alert",
          children: `Of this address \u201C${address.unread.join(", ")}\u201D is not understood: an address has ${FIELDS.join(", ")} (${[
            ...ONE,
            ...TWO
          ].join(", ")}).`
        }),
        /* @__PURE__ */ a2(Check2, {
          cell,
          index
        }),
        /* @__PURE__ */ a2(Runs, {
          slice,
          cell,
          index
        }),
        /* @__PURE__ */ a2("details", {
          children: [
            /* @__PURE__ */ a2("summary", {
              children: "SQL for this number"
            }),
            /* @__PURE__ */ a2("p", {
              class: "small soft",
              children: "Run it on .lab/lab.duckdb with any DuckDB client."
            }),
            /* @__PURE__ */ a2("pre", {
              class: "sql",
              tabIndex: 0,
              children: cell.sql
            })
          ]
        }),
        /* @__PURE__ */ a2(Compare, {
          slice,
          cell,
          address,
          onChange
        }),
        /* @__PURE__ */ a2(Answers, {
          slice,
          cell,
          address,
          onChange
        }, address.cell)
      ]
    });
  }
  function NoCell({ address, onClose }) {
    return /* @__PURE__ */ a2(Dialog, {
      label: "No such number",
      crumbs: "evidence",
      title: "No such number",
      onClose,
      children: /* @__PURE__ */ a2("p", {
        class: "missing",
        role: "alert",
        children: [
          "This page has no number",
          " ",
          /* @__PURE__ */ a2("code", {
            children: address.cell
          }),
          ". An address has the benchmark, the system and the language or group; one of them may have been renamed, or belong to another scale or experiment."
        ]
      })
    });
  }
  function Check2({ cell, index }) {
    const again = recompute(cell, index);
    const same = again.printed === cell.printed;
    return /* @__PURE__ */ a2("div", {
      children: [
        /* @__PURE__ */ a2("div", {
          class: "check",
          children: [
            /* @__PURE__ */ a2("b", {
              "data-recomputed": again.printed,
              children: again.printed
            }),
            /* @__PURE__ */ a2("span", {
              children: `recomputed here from ${again.k} right of ${again.n} answers`
            }),
            /* @__PURE__ */ a2("span", {
              class: same ? "right" : "wrong",
              "data-same": String(same),
              children: same ? "\u2713 the same" : "\u2717 differs from the printed value"
            }),
            /* @__PURE__ */ a2("span", {
              children: `printed ${cell.printed}, 95 % interval ${cell.low} to ${cell.high}`
            }),
            cell.paper !== null && /* @__PURE__ */ a2("span", {
              children: `paper ${cell.paper}`
            })
          ]
        }),
        /* @__PURE__ */ a2("p", {
          class: "small soft signature",
          children: /* @__PURE__ */ a2("code", {
            children: cell.signature
          })
        })
      ]
    });
  }
  function Runs({ slice, cell, index }) {
    const rows = slice.runs.flatMap((run, i3) => {
      if (run.variant !== cell.variant) return [];
      const mine = slice.marks.filter(([at, benchmark, lang]) => at === i3 && benchmark === cell.benchmark && cell.languages.includes(lang));
      if (mine.length === 0) return [];
      const own = new Map(mine.map(([, benchmark, lang, marks]) => [
        markKey(benchmark, cell.variant, lang),
        [
          marks
        ]
      ]));
      return [
        {
          run,
          ...recompute(cell, own)
        }
      ];
    });
    return /* @__PURE__ */ a2("section", {
      children: [
        /* @__PURE__ */ a2("h3", {
          children: "Runs"
        }),
        /* @__PURE__ */ a2("div", {
          class: "scroll",
          tabIndex: 0,
          role: "region",
          "aria-label": "Runs",
          children: /* @__PURE__ */ a2("table", {
            class: "runs",
            children: [
              /* @__PURE__ */ a2("thead", {
                children: /* @__PURE__ */ a2("tr", {
                  children: [
                    /* @__PURE__ */ a2("th", {
                      scope: "col",
                      class: "num",
                      children: "Seed"
                    }),
                    /* @__PURE__ */ a2("th", {
                      scope: "col",
                      class: "num",
                      children: "Value"
                    }),
                    /* @__PURE__ */ a2("th", {
                      scope: "col",
                      class: "num",
                      children: "Right"
                    }),
                    /* @__PURE__ */ a2("th", {
                      scope: "col",
                      children: "Run, and when it finished (UTC)"
                    })
                  ]
                })
              }),
              /* @__PURE__ */ a2("tbody", {
                children: rows.map(({ run, printed, k: k2, n: n2 }) => /* @__PURE__ */ a2("tr", {
                  children: [
                    /* @__PURE__ */ a2("td", {
                      class: "num",
                      "data-name": "seed",
                      children: run.seed
                    }),
                    /* @__PURE__ */ a2("td", {
                      class: "num",
                      "data-name": "value",
                      children: printed
                    }),
                    /* @__PURE__ */ a2("td", {
                      class: "num",
                      "data-name": "right",
                      children: `${k2} / ${n2}`
                    }),
                    /* @__PURE__ */ a2("td", {
                      children: [
                        /* @__PURE__ */ a2("code", {
                          class: "run",
                          children: run.id
                        }),
                        " ",
                        /* @__PURE__ */ a2("span", {
                          class: "small soft",
                          children: run.finished.replace(/\.\d+$/, "")
                        })
                      ]
                    })
                  ]
                }, run.id))
              })
            ]
          })
        }),
        cell.languages.length > 1 && /* @__PURE__ */ a2("p", {
          class: "small soft",
          children: `Mean of ${cell.languages.map((lang) => `${lang} ${recompute({
            ...cell,
            languages: [
              lang
            ]
          }, index).printed}`).join(" \xB7 ")}`
        })
      ]
    });
  }

  takeData();
  addEventListener("DOMContentLoaded", () => {
    const file = document.querySelector("[data-slice]")?.dataset.slice;
    if (file) {
      const slice = load(file);
      proveAll(slice).catch(reportError);
      slice.then(openSheets, () => {
      });
    }
    watchFolds();
    watchParts();
    drawFigures().then(offerPngs).catch(reportError);
  });
  function openSheets(slice) {
    linkCells();
    const index = indexSlice(slice);
    startExplore(slice, index);
    const place = document.createElement("div");
    document.body.append(place);
    let open = null;
    const router = startRouter((address) => {
      const sheet = address && /* @__PURE__ */ a2(Sheet, {
        slice,
        index,
        address,
        onChange: (changed) => router.change(changed),
        onClose: () => router.close()
      });
      Q(sheet, place);
      if (!address && open !== null) focusCell(open);
      open = address?.cell ?? null;
    });
  }
})();
