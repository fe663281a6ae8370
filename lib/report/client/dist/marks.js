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
  function m(r2, u3, i2, f3, o3) {
    var e2 = {
      type: r2,
      props: u3,
      key: i2,
      ref: f3,
      __k: null,
      __: null,
      __b: 0,
      __e: null,
      __c: null,
      constructor: h,
      __v: o3 || ++t,
      __i: -1,
      __u: 0
    };
    return !o3 && n.vnode && n.vnode(e2), e2;
  }
  function $(n2) {
    return n2.children;
  }
  function x(n2, t2) {
    this.props = n2, this.context = t2, this.__g = 0;
  }
  function S(n2, t2) {
    if (null == t2) return n2.__ && S(n2.__, n2.__i + 1);
    for (var r2; t2 < n2.__k.length; t2++) if ((r2 = n2.__k[t2]) && r2.__e) return r2.__e;
    return "function" != typeof n2.type || n2.props.__P ? null : S(n2);
  }
  function C(t2) {
    var r2, u3 = t2.__v, i2 = u3.__e, f3 = [], o3 = [], e2 = t2.__P;
    e2 && ((r2 = _({
      constructor: h
    }, u3)).__v = u3.__v + 1, n.vnode && n.vnode(r2), z(e2, r2, u3, t2.__n, e2.namespaceURI, 32 & u3.__u ? [
      i2
    ] : null, f3, i2 || S(u3), 32 & u3.__u, o3), r2.__v = u3.__v, r2.__.__k[r2.__i] = r2, E(f3, r2, o3), u3.__ = u3.__e = null, r2.__e != i2 && j(r2));
  }
  function j(n2) {
    if ((n2 = n2.__) && n2.__c && !n2.props.__P) return n2.__e = null, n2.__k.some(function(t2) {
      return t2 && (n2.__e = t2.__e);
    }), j(n2);
  }
  function L(t2) {
    (8 & t2.__g || (t2.__g |= 8, u.push(t2), f++)) && i == n.debounceRendering || ((i = n.debounceRendering) || queueMicrotask)(H);
  }
  function H() {
    try {
      for (var n2, t2 = 1; u.length; ) u.length > t2 && u.sort(o), n2 = u.shift(), t2 = u.length, 8 & n2.__g && C(n2);
    } finally {
      (f = u.length) && (i || queueMicrotask)(H);
    }
  }
  function I(n2, t2, r2, u3, i2, f3, o3, e2, l2, c2, a3) {
    var s2, h2, v2, w2, d2, _2, g2 = u3.__k || y, k = t2.length;
    for (l2 = q(r2, t2, g2, l2, k), s2 = 0; s2 < k; s2++) null != (v2 = r2.__k[s2]) && (h2 = ~v2.__i && g2[v2.__i] || p, v2.__i = s2, _2 = z(n2, v2, h2, i2, f3, o3, e2, l2, c2, a3), w2 = v2.__e, (h2.ref != v2.ref || 8 & h2.__u) && (h2.ref && G(h2.ref, null, v2, h2), v2.ref && a3.push(v2.ref, v2.__c || w2, v2)), d2 = d2 || w2, 4 & v2.__u ? (l2 = A(v2, l2, n2, !h2.__v), h2.__e && (h2.__e = null)) : "function" == typeof v2.type && void 0 !== _2 ? l2 = _2 : w2 && (l2 = w2.nextSibling), v2.__u &= -21);
    return r2.__e = d2, l2;
  }
  function q(n2, t2, r2, u3, i2) {
    var f3, o3, e2, l2, c2, a3, s2, p2, y2, v2 = r2.length, d2 = v2, _2 = 0, g2 = 0, k = n2.__k = Array(i2);
    for (f3 = 0; f3 < i2; f3++) null != (o3 = t2[f3]) && "boolean" != typeof o3 && "function" != typeof o3 ? ("object" != typeof o3 || o3.constructor === String ? o3 = k[f3] = m(null, o3) : w(o3) ? o3 = k[f3] = m($, {
      children: o3
    }) : o3.constructor === h && o3.__b ? o3 = k[f3] = m(o3.type, o3.props, o3.key, o3.ref, o3.__v) : k[f3] = o3, l2 = f3 + _2, o3.__ = n2, o3.__b = n2.__b + 1, e2 = null, ~(c2 = o3.__i = P(o3, r2, l2, d2)) && (d2--, (e2 = r2[c2]) && (e2.__u |= 2)), e2 && e2.__v ? (o3.__u |= 16, c2 == l2 - 1 ? _2-- : c2 == l2 + 1 ? _2++ : c2 != l2 && (c2 > l2 ? _2-- : _2++, g2 = 1)) : (~c2 || (i2 > v2 ? _2-- : i2 < v2 && _2++), "function" != typeof o3.type && (o3.__u |= 4))) : k[f3] = null;
    if (g2) {
      for (a3 = [], s2 = [], f3 = 0; f3 < i2; f3++) if ((o3 = k[f3]) && 16 & o3.__u) {
        for (_2 = 0, p2 = a3.length; _2 < p2; ) a3[y2 = _2 + p2 >> 1] < o3.__i ? _2 = y2 + 1 : p2 = y2;
        a3[_2] = o3.__i, s2[f3] = _2 + 1;
      }
      for (_2 = a3.length; f3--; ) s2[f3] && (s2[f3] == _2 ? _2-- : k[f3].__u |= 4);
    }
    if (d2) for (f3 = 0; f3 < v2; f3++) !(e2 = r2[f3]) || 2 & e2.__u || (e2.__e == u3 && (u3 = S(e2)), J(e2, e2));
    return u3;
  }
  function A(n2, t2, r2, u3) {
    var i2, f3, o3, e2;
    if ("function" == typeof n2.type) {
      if (n2.props.__P) return t2;
      if (i2 = n2.__k) for (f3 = 0; f3 < i2.length; f3++) i2[f3] && (i2[f3].__ = n2, t2 = A(i2[f3], t2, r2, false));
      return t2;
    }
    for (t2 && !t2.parentNode && (t2 = S(n2)) && !t2.parentNode && (t2 = null), o3 = n2.__e, e2 = t2; e2 && 8 == e2.nodeType; ) e2 = e2.nextSibling;
    for (o3 != e2 && (!u3 && r2.moveBefore && o3.parentNode ? r2.moveBefore(o3, t2) : r2.insertBefore(o3, t2 || null)), t2 = o3; (t2 = t2 && t2.nextSibling) && 8 == t2.nodeType && !t2.data.startsWith("$s"); ) ;
    return t2;
  }
  function P(n2, t2, r2, u3) {
    var i2, f3 = n2.key, o3 = n2.type, e2 = t2[r2], l2 = e2 && !(2 & e2.__u);
    if (null === e2 && null == f3 || l2 && f3 == e2.key && o3 == e2.type) return r2;
    if (u3 > (l2 ? 1 : 0)) {
      for (i2 = r2 - 1; i2 >= 0; i2--) if ((e2 = t2[i2]) && !(2 & e2.__u) && f3 == e2.key && o3 == e2.type) return i2;
      for (i2 = r2 + 1; i2 < t2.length; i2++) if ((e2 = t2[i2]) && !(2 & e2.__u) && f3 == e2.key && o3 == e2.type) return i2;
    }
    return -1;
  }
  function T(n2, t2, r2) {
    null == r2 && (r2 = ""), "-" == t2[0] ? n2.setProperty(t2, r2) : n2[t2] = r2;
  }
  function N(n2, t2, r2, u3, i2) {
    var f3, o3;
    if ("style" == t2) if ("string" == typeof r2) n2.style.cssText = r2;
    else {
      if ("string" == typeof u3 && (n2.style.cssText = u3 = ""), u3) for (t2 in u3) r2 && t2 in r2 || T(n2.style, t2);
      if (r2) for (t2 in r2) u3 && r2[t2] == u3[t2] || T(n2.style, t2, r2[t2]);
    }
    else if ("o" == t2[0] && "n" == t2[1]) "function" != typeof r2 && (r2 = null), "function" != typeof u3 && (u3 = null), (n2.__e || (n2.__e = {}))[t2] = r2, r2 && u3 || (o3 = a[t2] || (a[t2] = V(t2)), (n2.__a || (n2.__a = {}))[t2] = c, f3 = t2 != (t2 = t2.replace(l, "$1")), (t2 = t2.slice(2))[0] < "a" && (t2 = t2.toLowerCase()), r2 ? n2.addEventListener(t2, o3, f3) : n2.removeEventListener(t2, o3, f3));
    else {
      if ("http://www.w3.org/2000/svg" == i2) t2 = t2.replace(/xlink(H|:h)/, "h").replace(/sName$/, "s");
      else if ("width" != t2 && "height" != t2 && "href" != t2 && "list" != t2 && "form" != t2 && "tabIndex" != t2 && "download" != t2 && "rowSpan" != t2 && "colSpan" != t2 && "role" != t2 && "popover" != t2 && t2 in n2) try {
        return void (n2[t2] = null == r2 ? "" : r2);
      } catch (n3) {
      }
      if ("function" == typeof r2) return;
      null == r2 || false === r2 && "-" != t2[4] ? n2.removeAttribute(t2) : n2.setAttribute(t2, "popover" == t2 && 1 == r2 ? "" : r2);
    }
  }
  function V(t2) {
    return function(r2) {
      var u3 = this.__e;
      if (u3) {
        if (u3 = u3[t2], null == r2[e]) r2[e] = c++;
        else if (r2[e] < this.__a[t2]) return;
        return u3(n.event ? n.event(r2) : r2);
      }
    };
  }
  function z(t2, r2, u3, i2, f3, o3, e2, l2, c2, a3) {
    var s2, p2, v2, d2, k, b, m2, M, C2, j2, L2, H2, q2, A2, O, P2, T2, N2, V2 = r2.type;
    if (r2.constructor !== h) return null;
    128 & u3.__u && (c2 = 32 & u3.__u, s2 = u3.__c.__z) && (r2.__u |= c2, p2 = o3 = [], 8 == s2.nodeType ? l2 = B(s2, o3) : o3.push(s2), l2 = o3[0] || l2), (s2 = n.__b) && s2(r2);
    n: if ("function" == typeof V2) {
      v2 = e2.length;
      try {
        if (M = r2.props, C2 = (s2 = V2.prototype) && s2.render, j2 = (s2 = V2.contextType) && i2[s2.__c], L2 = s2 ? j2 ? j2.props.value : s2.__ : i2, (d2 = u3.__c) ? (r2.__c = d2, 2 & d2.__g && (d2.__g |= 1)) : (C2 ? r2.__c = d2 = new V2(M, L2) : (r2.__c = d2 = new x(M, L2), d2.constructor = V2, d2.render = K), j2 && j2.sub(d2), d2.state || (d2.state = {}), d2.__n = i2, d2.__g |= 8, d2.__h = [], d2.__k = []), C2 && (d2.__s || (d2.__s = d2.state), V2.getDerivedStateFromProps && (d2.__s == d2.state && (d2.__s = _({}, d2.__s)), _(d2.__s, V2.getDerivedStateFromProps(M, d2.__s)))), k = d2.props, b = d2.state, d2.__v = r2, u3.__c) {
          if (M !== k && C2 && !V2.getDerivedStateFromProps && d2.componentWillReceiveProps && d2.componentWillReceiveProps(M, L2), r2.__v == u3.__v && !(8 & d2.__g) || !(4 & d2.__g) && d2.shouldComponentUpdate && false === d2.shouldComponentUpdate(M, d2.__s, L2)) {
            r2.__v != u3.__v && (d2.props = M, d2.state = d2.__s, d2.__g &= -9), r2.__e = u3.__e, r2.__k = u3.__k, r2.__k.some(function(n2) {
              n2 && (n2.__ = r2);
            }), y.push.apply(d2.__h, d2.__k), d2.__k = [], d2.__h.length && e2.push(d2), l2 = S(u3);
            break n;
          }
          d2.componentWillUpdate && d2.componentWillUpdate(M, d2.__s, L2), C2 && d2.componentDidUpdate && d2.__h.push(function() {
            d2.componentDidUpdate(k, b, m2);
          });
        } else C2 && !V2.getDerivedStateFromProps && d2.componentWillMount && d2.componentWillMount(), C2 && d2.componentDidMount && d2.__h.push(d2.componentDidMount);
        d2.context = L2, d2.props = M, d2.__P = t2, d2.__g &= -5, H2 = n.__r, q2 = C2 ? 25 : 0;
        do {
          d2.__g &= -9, H2 && H2(r2), s2 = d2.render(d2.props, d2.state = d2.__s, d2.context);
        } while (8 & d2.__g && ++q2 < 25);
        C2 && (y.push.apply(d2.__h, d2.__k), d2.__k = []), d2.state = d2.__s, d2.getChildContext && (i2 = _({}, i2, d2.getChildContext())), C2 && u3.__c && d2.getSnapshotBeforeUpdate && (m2 = d2.getSnapshotBeforeUpdate(k, b)), A2 = s2 && s2.type === $ && null == s2.key ? s2.props.children : s2, M.__P && (s2 = l2, f3 = (t2 = M.__P).namespaceURI, c2 = o3 = null, u3.props && u3.props.__P != t2 && (u3.__k.some(function(n2) {
          n2 && J(n2, n2);
        }), u3.__k = null), l2 = u3.__k ? S(u3, 0) : null), l2 = I(t2, w(A2) ? A2 : [
          A2
        ], r2, u3, i2, f3, o3, e2, l2, c2, a3), M.__P && (r2.__e = null, l2 = s2), r2.__u &= -161, p2 && p2.some(g), d2.__h.length && e2.push(d2), 1 & d2.__g && (d2.__g &= -4);
      } catch (t3) {
        if (e2.length = v2, r2.__v = null, c2 || o3) if (t3 && t3.then) {
          if (r2.__u |= 128 | c2, o3) {
            for (~(T2 = o3.indexOf(l2 || void 0)) || (T2 = o3.length); (N2 = o3[T2 - 1]) && 8 == N2.nodeType; ) T2--;
            for (; T2 < o3.length; T2++) if (N2 = o3[T2]) if (o3[T2] = null, O) {
              if (N2 == P2) break;
            } else {
              if (8 != N2.nodeType) break;
              N2.data.startsWith("$s") && (P2 = B(O = N2));
            }
          }
          if (!O) {
            for (; l2 && 8 == l2.nodeType && l2.nextSibling; ) l2 = l2.nextSibling;
            O = l2;
          }
          (s2 = B(O = r2.__c.__z || (r2.__c.__z = O))) ? (r2.__e = O, l2 = s2) : r2.__e = l2, l2 = l2 && l2.nextSibling;
        } else o3 && o3.some(g);
        else r2.__e = u3.__e;
        r2.__k || (r2.__k = u3.__k || []), t3 && t3.then || D(r2), n.__e(t3, r2, u3);
      }
    } else l2 = r2.__e = F(u3.__e, r2, u3, i2, f3, o3, e2, c2, a3, t2);
    return (s2 = n.diffed) && s2(r2), l2;
  }
  function B(n2, t2) {
    if (n2 && 8 == n2.nodeType && n2.data.startsWith("$s")) for (var r2 = 1; n2 = n2.nextSibling; ) {
      if (8 == n2.nodeType) {
        if (n2.data.startsWith("$s")) r2++;
        else if (n2.data.startsWith("/$s") && !--r2) return n2;
      }
      t2 && t2.push(n2);
    }
  }
  function D(n2) {
    n2 && (n2.__c && (n2.__c.__g |= 4), n2.__k && n2.__k.some(D));
  }
  function E(t2, r2, u3) {
    for (var i2 = 0; i2 < u3.length; ) G(u3[i2++], u3[i2++], u3[i2++]);
    n.__c && n.__c(r2, t2), t2.some(function(r3) {
      try {
        t2 = r3.__h, r3.__h = [], t2.some(function(n2) {
          n2.call(r3);
        });
      } catch (t3) {
        n.__e(t3, r3.__v);
      }
    });
  }
  function F(t2, r2, u3, i2, f3, o3, e2, l2, c2, a3) {
    var s2, h2, y2, _2, k, b, m2, M, $2 = u3.props || p, x2 = r2.props, C2 = r2.type;
    if ("svg" == C2 ? f3 = "http://www.w3.org/2000/svg" : "math" == C2 ? f3 = "http://www.w3.org/1998/Math/MathML" : f3 || (f3 = "http://www.w3.org/1999/xhtml"), o3) {
      for (s2 = 0; s2 < o3.length; s2++) if ((k = o3[s2]) && (C2 ? k.localName == C2 : 3 == k.nodeType)) {
        t2 = k, o3[s2] = null;
        break;
      }
    }
    if (!t2) {
      if (M = a3.ownerDocument || document, !C2) return M.createTextNode(x2);
      t2 = M.createElementNS(f3, C2, x2.is ? x2 : a3), l2 && (n.__m && n.__m(r2, o3), l2 = false), o3 = null;
    }
    if (C2) {
      if (a3 = "template" == C2 && t2.content || t2, o3 = "textarea" == C2 && null != x2.defaultValue ? null : o3 && d.call(a3.childNodes), !l2 && o3) for ($2 = {}, s2 = 0; s2 < t2.attributes.length; s2++) $2[(k = t2.attributes[s2]).name] = k.value;
      for (s2 in $2) k = $2[s2], "dangerouslySetInnerHTML" == s2 ? y2 = k : "children" == s2 || s2 in x2 || "value" == s2 && "defaultValue" in x2 || "checked" == s2 && "defaultChecked" in x2 || N(t2, s2, null, k, f3);
      for (s2 in x2) k = x2[s2], "children" == s2 ? _2 = k : "dangerouslySetInnerHTML" == s2 ? h2 = k : "value" == s2 ? b = k : "checked" == s2 ? m2 = k : l2 && "function" != typeof k || $2[s2] === k || N(t2, s2, k, $2[s2], f3);
      h2 ? (l2 || y2 && (h2.__html == y2.__html || h2.__html == t2.innerHTML) || (t2.innerHTML = h2.__html), r2.__k = []) : (y2 && (t2.textContent = ""), ("foreignObject" == C2 || "http://www.w3.org/1998/Math/MathML" == f3 && v.test(C2)) && (f3 = "http://www.w3.org/1999/xhtml"), I(a3, w(_2) ? _2 : [
        _2
      ], r2, u3, i2, f3, o3, e2, o3 ? o3[0] : u3.__k && S(u3, 0), l2, c2), o3 && o3.some(g)), l2 && "textarea" != C2 || (s2 = "value", "progress" == C2 && null == b ? t2.removeAttribute(s2) : null == b || b === t2[s2] && ("progress" != C2 || b) || N(t2, s2, b, $2[s2], f3), s2 = "checked", null != m2 && m2 != t2[s2] && N(t2, s2, m2, $2[s2], f3));
    } else $2 === x2 || l2 && t2.data == x2 || (t2.data = x2);
    return t2;
  }
  function G(t2, r2, u3, i2) {
    try {
      "function" == typeof t2 ? r2 ? r2.__x = t2(r2) || 1 : i2 && (i2 = i2.__c || i2.__e) && (r2 = i2.__x) && (i2.__x = null, "function" == typeof r2 ? r2() : t2(null)) : t2.current = r2;
    } catch (t3) {
      n.__e(t3, u3);
    }
  }
  function J(t2, r2, u3) {
    var i2, f3, o3, e2;
    if (n.unmount && n.unmount(t2), !(i2 = t2.ref) || i2.current && i2.current != t2.__e || G(i2, null, r2, t2), i2 = t2.__c) {
      if (i2.componentWillUnmount) try {
        i2.componentWillUnmount();
      } catch (t3) {
        n.__e(t3, r2);
      }
      i2.__P = i2.__n = null;
    }
    if (i2 = t2.__k) for (e2 = 0; e2 < i2.length; e2++) i2[e2] && J(i2[e2], r2, "function" != typeof t2.type || u3 && !t2.props.__P);
    !u3 && (i2 = t2.__c) && (i2 = i2.__z) && (f3 = B(i2, o3 = [])) && (i2 == t2.__e && o3.some(g), g(f3), g(i2)), u3 || g(t2.__e), t2.__e = t2.__c = t2.__ = null;
  }
  function K(n2, t2, r2) {
    return this.constructor(n2, r2);
  }
  function Q(t2, r2) {
    var u3, i2, f3, o3;
    n.__ && n.__(t2, r2), 9 == r2.nodeType && (r2 = r2.documentElement), i2 = (u3 = t2 && 32 & t2.__u) ? null : r2.__k, r2.__k = m($, {
      children: [
        t2
      ]
    }), f3 = [], o3 = [], z(r2, r2.__k, i2 || p, p, r2.namespaceURI, i2 ? null : r2.firstChild ? d.call(r2.childNodes) : null, f3, i2 ? i2.__e : r2.firstChild, u3, o3), E(f3, r2.__k, o3), r2.__k.props.children = null;
  }
  n = {
    __e: function(n2, t2, r2, u3) {
      for (var i2, o3, e2; t2 = t2.__; ) if ((i2 = t2.__c) && !(1 & i2.__g)) {
        i2.__g |= 4;
        try {
          if ((e2 = (o3 = i2.constructor) && o3.getDerivedStateFromError) && i2.setState(o3.getDerivedStateFromError(n2)), i2.componentDidCatch && (i2.componentDidCatch(n2, u3 || {}), e2 = 1), e2 && 8 & i2.__g) return void (i2.__g |= 2);
        } catch (t3) {
          n2 = t3;
        }
      }
      throw f = 0, n2;
    }
  }, t = 0, r = function(n2) {
    return null != n2 && n2.constructor === h;
  }, x.prototype.setState = function(n2, t2) {
    var r2 = this.__s;
    r2 && r2 != this.state || (r2 = this.__s = _({}, this.state)), "function" == typeof n2 && (n2 = n2(_({}, r2), this.props)), n2 && (_(r2, n2), this.__v && (t2 && this.__k.push(t2), L(this)));
  }, x.prototype.forceUpdate = function(n2) {
    this.__v && (this.__g |= 4, n2 && this.__h.push(n2), L(this));
  }, x.prototype.render = $, u = [], f = 0, o = function(n2, t2) {
    return n2.__v.__b - t2.__v.__b;
  }, e = Symbol(), l = /(PointerCapture)$|Capture$/i, c = 0, a = {}, s = 0;

  var f2 = Symbol.for("pv");
  var o2 = 0;
  var u2 = Array.isArray;
  function a2(t2, e2, n2, u3, a3, i2) {
    e2 || (e2 = {});
    var c2, l2, p2 = e2;
    if ("ref" in p2 && "function" != typeof t2) for (l2 in p2 = {}, e2) "ref" == l2 ? c2 = e2[l2] : p2[l2] = e2[l2];
    var s2 = {
      type: t2,
      props: p2,
      key: n2,
      ref: c2,
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
    return (a3 || i2) && (s2.__source = a3, s2.__self = i2), n.vnode && n.vnode(s2), s2;
  }

  function integer(value) {
    return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  }
  function plural(count, one, many = `${one}s`) {
    return `${integer(count)} ${count === 1 ? one : many}`;
  }

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
  function partNamed(hash) {
    const text = hash.slice(1);
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
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

  var MARKS = [
    "right",
    "odd",
    "wrong"
  ];
  var FORMAT = "lingualift-marks";
  var VERSION = 1;
  var LONGEST_REMARK = 300;
  function marksFile({ world, language, texts }, marks, now) {
    const saved = now.toISOString();
    const file = {
      format: FORMAT,
      version: VERSION,
      world,
      language,
      texts,
      saved,
      marks
    };
    return {
      name: `${FORMAT}-${language}-${saved.slice(0, 10)}.json`,
      text: `${JSON.stringify(file, null, 2)}
`
    };
  }
  function countMarks(marks) {
    const of = (mark) => marks.filter((one) => one.mark === mark).length;
    return {
      right: of("right"),
      odd: of("odd"),
      wrong: of("wrong")
    };
  }

  function keyOf({ world, language }) {
    return `lingualift-marks.${world}.${language}`;
  }
  function recallMarks(texts, sentences) {
    const marks = /* @__PURE__ */ new Map();
    for (const { id, text, mark, remark } of keptMarks(texts)) {
      if (sentences.get(id) === text && MARKS.includes(mark)) marks.set(id, {
        mark,
        remark: String(remark)
      });
    }
    return marks;
  }
  function keepMarks(texts, marks) {
    try {
      localStorage.setItem(keyOf(texts), JSON.stringify(marks));
      return true;
    } catch {
      return false;
    }
  }
  function keptMarks(texts) {
    try {
      const kept = JSON.parse(localStorage.getItem(keyOf(texts)) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one === "object" && one !== null) : [];
    } catch {
      return [];
    }
  }

  function saveFile(name, content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
  }

  addEventListener("DOMContentLoaded", () => {
    const place = document.querySelector("[data-marks]");
    if (place) startMarking(place);
    watchFolds();
  });
  function startMarking(place) {
    const { world = "", language = "", texts = "" } = place.dataset;
    const shown = {
      world,
      language,
      texts
    };
    const sentences = new Map(linesIn(document).map((line) => [
      line.id,
      line.textContent ?? ""
    ]));
    const marks = recallMarks(shown, sentences);
    let canKeep = true;
    const marked = () => [
      ...sentences
    ].flatMap(([id, text]) => {
      const one = marks.get(id);
      return one === void 0 ? [] : [
        {
          id,
          text,
          ...one
        }
      ];
    });
    const folds2 = [
      ...document.querySelectorAll("details.fold:has(.own > p[id])")
    ];
    const showCounts = () => {
      Q(/* @__PURE__ */ a2(MarksBar, {
        marked: marked(),
        of: sentences.size,
        canKeep,
        texts: shown
      }), place);
      for (const fold of folds2) showCount(fold, marks);
    };
    const offer = ({ id, parentElement }) => {
      const own = document.createElement("div");
      parentElement.append(own);
      const show = () => Q(/* @__PURE__ */ a2(Marking, {
        id,
        ...marks.get(id),
        onChange: change
      }), own);
      const change = (mark, remark) => {
        if (mark === void 0) marks.delete(id);
        else marks.set(id, {
          mark,
          remark
        });
        canKeep = keepMarks(shown, marked());
        show();
        showCounts();
      };
      show();
    };
    for (const fold of folds2) {
      const offerAll2 = () => {
        if (!fold.open) return;
        fold.removeEventListener("toggle", offerAll2);
        linesIn(fold).forEach(offer);
      };
      fold.addEventListener("toggle", offerAll2);
      offerAll2();
    }
    place.classList.add("marks-bar");
    showCounts();
  }
  function linesIn(part) {
    return [
      ...part.querySelectorAll(".own > p[id]")
    ];
  }
  function showCount(fold, marks) {
    const lines = linesIn(fold), count = lines.filter(({ id }) => marks.has(id)).length;
    const hint = fold.querySelector("summary > .hint");
    hint.textContent = plural(lines.length, "line") + (count > 0 ? `, ${count} marked` : "");
  }
  function Marking({ id, mark, remark = "", onChange }) {
    return /* @__PURE__ */ a2("div", {
      class: "marking",
      lang: "en",
      dir: "ltr",
      children: [
        /* @__PURE__ */ a2("div", {
          role: "radiogroup",
          "aria-labelledby": id,
          children: MARKS.map((each) => /* @__PURE__ */ a2("label", {
            "data-mark": each,
            children: [
              /* @__PURE__ */ a2("input", {
                type: "radio",
                name: `mark ${id}`,
                checked: mark === each,
                onChange: () => onChange(each, remark)
              }),
              each
            ]
          }, each))
        }),
        mark !== void 0 && /* @__PURE__ */ a2($, {
          children: [
            /* @__PURE__ */ a2("input", {
              class: "plain",
              dir: "auto",
              value: remark,
              maxLength: LONGEST_REMARK,
              placeholder: "Remark, if you like",
              "aria-label": "Remark",
              "aria-describedby": id,
              onInput: ({ currentTarget }) => onChange(mark, currentTarget.value)
            }),
            /* @__PURE__ */ a2("button", {
              type: "button",
              class: "plain",
              "aria-describedby": id,
              onClick: () => onChange(void 0, ""),
              children: "Clear"
            })
          ]
        })
      ]
    });
  }
  function MarksBar({ marked, of, canKeep, texts }) {
    const { right, odd, wrong } = countMarks(marked);
    return /* @__PURE__ */ a2($, {
      children: [
        /* @__PURE__ */ a2("p", {
          role: "status",
          children: [
            marked.length === 0 ? "Do you speak it? Mark each sentence, and save your marks as a file to send." : `${marked.length} of ${of} marked: ${right} right, ${odd} odd, ${wrong} wrong.`,
            !canKeep && " This browser keeps no marks: save them before you leave the page."
          ]
        }),
        /* @__PURE__ */ a2("button", {
          type: "button",
          class: "plain",
          disabled: marked.length === 0,
          onClick: () => save(marked, texts),
          children: "Save as file"
        })
      ]
    });
  }
  function save(marked, texts) {
    const { name, text } = marksFile(texts, marked, /* @__PURE__ */ new Date());
    saveFile(name, new Blob([
      text
    ], {
      type: "application/json"
    }));
  }
})();
